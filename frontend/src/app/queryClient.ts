import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isProblem } from "../api/problem";

const MOST_TRIES = 2;

/** Refusals are answers and are not asked again; only silence and server trouble are. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // The session ended or lost its factor somewhere else; "me" is what decides which page to show then.
        const isOver = isProblem(error) && (error.status === 401 || error.code === "second_factor_needed");
        if (query.queryKey[0] !== "me" && isOver) {
          void client.invalidateQueries({ queryKey: ["me"] });
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: "always",
        retry: (failures, error) =>
          failures < MOST_TRIES && isProblem(error) && (error.isUnreachable || error.status >= 500),
      },
      mutations: { networkMode: "always" },
    },
  });
  return client;
}
