import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { bookmarkItem, myItemQuery, removeBookmark, removeNote, writeNote } from "../../api/saved";
import type { MyItem, Report } from "../../api/types";
import { useAcademy } from "../../app/academy";

/** What the learner keeps about a question, and the ways to change it: shown at once, taken back if it is refused. */
export function useMyItem(item: string) {
  const { slug } = useAcademy();
  const client = useQueryClient();
  const query = myItemQuery(slug, item);
  const { data: mine, error, refetch } = useQuery(query);

  const show = (change: Partial<MyItem>) => {
    const before = client.getQueryData(query.queryKey);
    client.setQueryData(query.queryKey, (now) => now && { ...now, ...change });
    return before;
  };
  const settle = () => client.invalidateQueries({ queryKey: ["academy", slug, "practice"], refetchType: "none" });

  const bookmarking = useMutation({
    // Without tags it is no longer kept.
    mutationFn: async (tags: string[] | null) => {
      await (tags === null ? removeBookmark(slug, item) : bookmarkItem(slug, item, tags));
    },
    onMutate: async (tags) => {
      await client.cancelQueries({ queryKey: query.queryKey });
      return show({ bookmark: tags && { tags, created_at: mine?.bookmark?.created_at ?? new Date().toISOString() } });
    },
    onError: (_error, _tags, before) => client.setQueryData(query.queryKey, before),
    onSettled: settle,
  });
  const noting = useMutation({
    mutationFn: (text: string) => (text ? writeNote(slug, item, text) : removeNote(slug, item).then(() => null)),
    onSuccess: (note) => void show({ note }),
    onSettled: settle,
  });
  return {
    mine,
    error,
    refetch,
    bookmarking,
    noting,
    addReport: (report: Report) => void show({ reports: [report, ...(mine?.reports ?? [])] }),
  };
}
