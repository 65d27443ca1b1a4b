import { Button, type ButtonProps } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import i18next from "i18next";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { startPractice, type Only } from "../../api/practice";
import { useAcademy } from "../../app/academy";
import { Problem } from "../../components/Problem";

await i18next.loadNamespaces("practice");

interface StartQuizButtonProps {
  bank: string;
  domains?: string[];
  /** One of `Only`; others are refused by the server. */
  only?: string;
  count?: number;
  label?: string;
  variant?: ButtonProps["variant"];
}

/** Starts a practice quiz on exactly this, and goes to it. */
export function StartQuizButton({ bank, domains, only, count = 10, label, variant }: StartQuizButtonProps) {
  const { t } = useTranslation("practice");
  const { slug } = useAcademy();
  const navigate = useNavigate();
  const key = useRef(crypto.randomUUID());
  const start = useMutation({
    mutationFn: () => startPractice(slug, { mode: "practice", bank, domains, only: (only ?? null) as Only | null, count }, key.current),
    onSuccess: ({ session }) => navigate(`/a/${slug}/practice/${session.id}`),
    onError: () => {
      key.current = crypto.randomUUID();
    },
  });
  return (
    <>
      <Button variant={variant} loading={start.isPending} onClick={() => start.mutate()}>
        {label ?? t("start_quiz")}
      </Button>
      {start.error ? <Problem error={start.error} heading={t("form.not_started")} /> : null}
    </>
  );
}
