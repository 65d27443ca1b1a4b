import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  deliveryQuery,
  placeRow,
  superviseAttempt,
  timelineQuery,
  type AttemptVerb,
  type SupervisionIn,
} from "../../../api/manage";
import { isProblem } from "../../../api/problem";
import { useAcademy } from "../../../app/academy";

/** One verb on one attempt. The answered row takes its place in every list; a refusal renews what was out of date. */
export function useSupervision(delivery: string, attempt: string, verb: AttemptVerb) {
  const client = useQueryClient();
  const { slug } = useAcademy();
  return useMutation({
    mutationFn: (body: SupervisionIn) => superviseAttempt(slug, attempt, verb, body),
    onSuccess: (row) => {
      placeRow(client, slug, delivery, row);
      void client.invalidateQueries({ queryKey: timelineQuery(slug, attempt).queryKey });
      void client.invalidateQueries({ queryKey: deliveryQuery(slug, delivery).queryKey, exact: true });
    },
    onError: (error) => {
      if (isProblem(error) && error.status === 409) {
        void client.invalidateQueries({ queryKey: deliveryQuery(slug, delivery).queryKey });
      }
    },
  });
}
