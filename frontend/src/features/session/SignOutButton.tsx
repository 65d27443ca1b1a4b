import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { signOut } from "../../api/session";
import { Problem } from "../../components/Problem";

export function SignOutButton() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate("/sign-in", { replace: true });
      // After leaving the page, so that nothing on it asks again as nobody.
      client.clear();
    },
  });
  return (
    <div>
      <Button variant="default" loading={leaving.isPending} onClick={() => leaving.mutate()}>
        {t("session.sign_out")}
      </Button>
      {leaving.error ? <Problem error={leaving.error} /> : null}
    </div>
  );
}
