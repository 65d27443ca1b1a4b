import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { reviewQueueQuery } from "../../api/repetition";
import { useAcademy } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { ReviewPlayer } from "./ReviewPlayer";

await i18next.loadNamespaces("repetition");

export function ReviewQueuePage() {
  const { t } = useTranslation("repetition");
  const { slug, name } = useAcademy();
  const { data: queue, error, refetch } = useQuery(reviewQueueQuery(slug));
  return (
    <>
      <PageTitle
        title={t("title")}
        place={name}
        lead={t("lead")}
        actions={
          <>
            <ButtonLink to={`/a/${slug}/review/cards`} variant="default">
              {t("to_cards")}
            </ButtonLink>
            <ButtonLink to={`/a/${slug}/review/settings`} variant="default">
              {t("to_settings")}
            </ButtonLink>
          </>
        }
      />
      {queue ? (
        <ReviewPlayer queue={queue} />
      ) : error ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={2} height={160} />
      )}
    </>
  );
}
