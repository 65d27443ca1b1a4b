import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { acceptInvitation, entryQuery, invitationQuery } from "../../api/account";
import { isProblem } from "../../api/problem";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { SignOutButton } from "../session/SignOutButton";
import classes from "../session/SignInPage.module.css";
import { Refusal, Sentence } from "./Refusal";

export function InvitationPage() {
  const { t } = useTranslation("account");
  const { token = "" } = useParams();
  const invitation = useQuery(invitationQuery(token));
  const entry = useQuery(entryQuery);
  const found = invitation.data;
  const problem = invitation.error ?? entry.error;
  if (isProblem(problem, "invitation_not_valid")) {
    return (
      <>
        <PageTitle title={t("invitation.gone_title")} lead={t("invitation.gone_words")} />
        <ButtonLink to="/">{t("action.go_on")}</ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageTitle
        title={t("invitation.title")}
        lead={found ? t("invitation.lead", { academy: found.academy, role: t(`role.${found.role}`), address: found.address }) : undefined}
      />
      {problem ? <Problem error={problem} /> : null}
      {!problem && !(found && entry.data) ? <SkeletonRows rows={2} /> : null}
      {found && entry.data?.isSignedIn ? <Acceptance token={token} /> : null}
      {found && entry.data && !entry.data.isSignedIn ? (
        <div className={classes.form}>
          <ButtonLink size="md" to={`/sign-up?invitation=${encodeURIComponent(token)}`}>
            {t("invitation.sign_up")}
          </ButtonLink>
          <ButtonLink size="md" variant="default" to={`/sign-in?next=${encodeURIComponent(`/invitation/${token}`)}`}>
            {t("invitation.sign_in")}
          </ButtonLink>
        </div>
      ) : null}
    </>
  );
}

function Acceptance({ token }: { token: string }) {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const navigate = useNavigate();
  const accepting = useMutation({
    mutationFn: () => acceptInvitation(token),
    onSuccess: async ({ slug }) => {
      client.removeQueries({ queryKey: ["me"] });
      await navigate(`/a/${slug}`, { replace: true });
    },
  });
  if (isProblem(accepting.error, "invited_somebody_else")) {
    return (
      <>
        <Sentence>{t("invitation.somebody_else")}</Sentence>
        <SignOutButton />
      </>
    );
  }
  return (
    <>
      <Refusal
        overall={isProblem(accepting.error, "already_member") ? t("invitation.already_member") : undefined}
        rest={accepting.error}
      />
      <Button size="md" loading={accepting.isPending} onClick={() => accepting.mutate()}>
        {t("invitation.accept")}
      </Button>
    </>
  );
}
