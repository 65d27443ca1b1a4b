import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import { request } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];

export type Standing = Schemas["MotivationOut"];
export type Streak = Schemas["StreakOut"];
export type StreakDay = Schemas["StreakDayOut"];
export type Goal = Schemas["GoalOut"];
export type GoalIn = Schemas["GoalInRequest"];
export type GoalKind = Schemas["GoalKind"];
export type GoalPeriod = Schemas["GoalPeriod"];
export type Achievement = Schemas["AchievementOut"];
export type XPEntry = Schemas["XPEntryOut"];
export type Reminder = Schemas["ReminderOut"];

export const GOAL_KINDS: readonly GoalKind[] = ["answers", "right", "minutes", "xp", "reviews"];
export const GOAL_PERIODS: readonly GoalPeriod[] = ["day", "week"];

const motivation = (slug: string) => `/academies/${encodeURIComponent(slug)}/motivation`;
const key = (slug: string, ...rest: string[]) => ["academy", slug, "motivation", ...rest];

export const standingQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "standing"),
    queryFn: ({ signal }) => request<Standing>(`${motivation(slug)}/standing/`, { signal }),
  });

export const rulesQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "rules"),
    queryFn: ({ signal }) => request<Schemas["XPRulesOut"]>(`${motivation(slug)}/rules/`, { signal }),
    staleTime: Infinity,
  });

export const achievementsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "achievements"),
    queryFn: ({ signal }) => request<Schemas["AchievementsOut"]>(`${motivation(slug)}/achievements/`, { signal }),
  });

export const xpQuery = (slug: string) =>
  infiniteQueryOptions({
    queryKey: key(slug, "xp"),
    queryFn: ({ pageParam, signal }) => request<Page<XPEntry>>(pageParam ?? `${motivation(slug)}/xp/`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const reminderQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "reminder"),
    queryFn: ({ signal }) => request<Reminder>(`${motivation(slug)}/reminder/`, { signal }),
  });

export function setGoals(slug: string, goals: GoalIn[]): Promise<unknown> {
  return request(`${motivation(slug)}/goals/`, { method: "PUT", body: { goals } });
}

export function setReminder(slug: string, reminder: { is_on: boolean; hour: number }): Promise<Reminder> {
  return request<Reminder>(`${motivation(slug)}/reminder/`, { method: "PUT", body: reminder });
}

export function repairStreak(slug: string): Promise<Streak> {
  return request<Streak>(`${motivation(slug)}/streak/repair/`, { method: "POST" });
}

export function refreshMotivation(client: QueryClient, slug: string): Promise<void> {
  return client.invalidateQueries({ queryKey: key(slug) });
}
