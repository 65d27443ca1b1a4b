import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { verifyLink } from "../../api/account";
import { isProblem } from "../../api/problem";
import { ButtonLink } from "../../components/ButtonLink";
import { PageTitle } from "../../components/PageTitle";
import { Refusal } from "./Refusal";

/** The link of the letter, in any browser. It asks first: programs that look into letters open links too. */
export function VerifyLinkPage() {
  const { t } = useTranslation("account");
  const { key = "" } = useParams();
  const confirming = useMutation({ mutationFn: () => verifyLink(key) });
  const isInvalid = isProblem(confirming.error) && confirming.error.status < 429;
  if (confirming.isSuccess) {
    return (
      <>
        <PageTitle title={t("link.done_title")} lead={t("link.done_words")} />
        <ButtonLink to="/">{t("action.go_on")}</ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("link.title")} lead={t("link.lead")} />
      <Refusal overall={isInvalid ? t("link.not_valid") : undefined} rest={confirming.error} />
      {isInvalid ? (
        <ButtonLink to="/sign-in">{t("action.sign_in")}</ButtonLink>
      ) : (
        <Button size="md" loading={confirming.isPending} onClick={() => confirming.mutate()}>
          {t("link.submit")}
        </Button>
      )}
    </>
  );
}
