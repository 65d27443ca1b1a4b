import type { Standing } from "../../api/motivation";

export type News = { kind: "level"; level: number; xp: number } | { kind: "award"; code: string; name: string; description: string };

/** What this person was told of in this academy: the level, and when the newest achievement was awarded. */
interface Told {
  level: number;
  awardedAt: number;
}

function toldTo(key: string): Told | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Told | null;
  } catch {
    return null;
  }
}

/**
 * What is new in where somebody stands, the oldest first; the same is given out once, whichever tab asks. The first time
 * on a device nothing is: what was reached before is no news.
 */
export function takeNews(person: string, academy: string, { level, xp, awards }: Pick<Standing, "level" | "xp" | "awards">): News[] {
  const key = `news/${person}/${academy}`;
  const told = toldTo(key);
  const times = awards.map((each) => Date.parse(each.awarded_at));
  const now: Told = { level: Math.max(level.number, told?.level ?? 0), awardedAt: Math.max(0, told?.awardedAt ?? 0, ...times) };
  localStorage.setItem(key, JSON.stringify(now));
  if (!told) return [];
  const fresh = awards.filter((each) => Date.parse(each.awarded_at) > told.awardedAt).toReversed();
  return [
    ...fresh.map(({ code, name, description }): News => ({ kind: "award", code, name, description })),
    ...(level.number > told.level ? [{ kind: "level", level: level.number, xp } as const] : []),
  ];
}
