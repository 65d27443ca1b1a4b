import { queryOptions } from "@tanstack/react-query";
import { csrfToken, request } from "./client";
import type { Page, UserSession, Uuid } from "./types";

const ALLAUTH = "/_allauth/browser/v1";
const MOST = 100;

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async ({ signal }) => (await request<Page<UserSession>>("/me/sessions/", { query: { page_size: String(MOST) }, signal })).results,
});

export function endSession(session: Uuid): Promise<void> {
  return request(`/me/sessions/${session}/`, { method: "DELETE" });
}

export function endOtherSessions(): Promise<void> {
  return request("/me/sessions/", { method: "DELETE" });
}

export interface Provider {
  id: string;
  name: string;
}

export interface LinkedAccount {
  uid: string;
  display: string;
  provider: Provider;
}

/** The providers that have keys here; often none. */
export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: async ({ signal }) => {
    const answer = await request<{ data: { socialaccount: { providers: Provider[] } } }>(`${ALLAUTH}/config`, { signal });
    return answer.data.socialaccount.providers;
  },
  staleTime: Infinity,
});

export const linkedAccountsQuery = queryOptions({
  queryKey: ["linked-accounts"],
  queryFn: async ({ signal }) =>
    (await request<{ data: LinkedAccount[] }>(`${ALLAUTH}/account/providers`, { signal })).data,
});

export function unlinkAccount({ uid, provider }: LinkedAccount): Promise<void> {
  return request(`${ALLAUTH}/account/providers`, { method: "DELETE", body: { account: uid, provider: provider.id } });
}

/** Leaves the application: the browser itself has to follow to the provider, so this is a form. */
/** Links an account, after a fresh proof: on the way to the provider nobody could be asked for one. */
export async function linkAccount(provider: string, next: string): Promise<void> {
  await request("/me/linking/", { method: "POST" });
  await goToProvider(provider, "connect", next);
}

export async function goToProvider(provider: string, process: "login" | "connect", next: string): Promise<void> {
  const values = {
    provider,
    process,
    callback_url: `/sign-in/provider?next=${encodeURIComponent(next)}`,
    csrfmiddlewaretoken: await csrfToken(true),
  };
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${ALLAUTH}/auth/provider/redirect`;
  form.hidden = true;
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement("input");
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
