/** The people of an academy and who is invited. Every key begins with ["academy", slug, "manage"]. */
import { infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { components } from "./schema";
import type { Page, Uuid } from "./types";

export type Member = components["schemas"]["MemberOut"];
export type Invitation = components["schemas"]["InvitationOut"];
export type InvitationIn = components["schemas"]["InvitationInRequest"];
export type Role = Member["role"];

export const ROLES = ["owner", "manager", "instructor", "learner", "mentor", "moderator"] as const satisfies readonly Role[];

const academy = (slug: string) => `/academies/${encodeURIComponent(slug)}`;

export interface MembersQuery {
  role: string | null;
  search: string;
}

export const membersQuery = (slug: string, filters: MembersQuery) =>
  infiniteQueryOptions({
    queryKey: ["academy", slug, "manage", "members", filters],
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? request<Page<Member>>(pageParam, { signal })
        : request<Page<Member>>(`${academy(slug)}/members/`, { query: { ...filters }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const invitationsKey = (slug: string) => ["academy", slug, "manage", "invitations"];

export const invitationsQuery = (slug: string) =>
  infiniteQueryOptions({
    queryKey: invitationsKey(slug),
    queryFn: ({ pageParam, signal }) => request<Page<Invitation>>(pageParam ?? `${academy(slug)}/invitations/`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export function invite(slug: string, wanted: InvitationIn): Promise<Invitation> {
  return request<Invitation>(`${academy(slug)}/invitations/`, { method: "POST", body: wanted });
}

export function sendAgain(slug: string, invitation: Uuid): Promise<Invitation> {
  return request<Invitation>(`${academy(slug)}/invitations/${invitation}/resend/`, { method: "POST" });
}

export function revoke(slug: string, invitation: Uuid): Promise<void> {
  return request(`${academy(slug)}/invitations/${invitation}/`, { method: "DELETE" });
}
