import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./MoreButton.module.css";

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export function MoreButton({ list }: { list: Paged }) {
  const { t } = useTranslation("manage");
  if (!list.hasNextPage) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
        {t("action.show_more")}
      </Button>
    </div>
  );
}
