/** Filters of lists ↔ the page's address. Defaults are left out of the address; what is not understood counts as default. */
import type { DeliveryState } from "../../api/manageTypes";
import type { AttemptState } from "../../api/types";

export const DELIVERY_STATES = ["open", "upcoming", "closed"] as const satisfies readonly DeliveryState[];
export const DELIVERY_ORDERINGS = ["-created_at", "title", "opens_at", "closes_at"] as const;
export const ATTEMPT_STATES = [
  "in_progress",
  "paused",
  "submitted",
  "marked",
  "released",
  "expired",
  "abandoned",
  "terminated",
  "voided",
] as const satisfies readonly AttemptState[];
export const TIMELINE_VIEWS = ["incidents", "answers", "staff"] as const;

export interface DeliveryFilters {
  state: (typeof DELIVERY_STATES)[number] | null;
  search: string;
  ordering: (typeof DELIVERY_ORDERINGS)[number];
}

export interface AttemptFilters {
  state: (typeof ATTEMPT_STATES)[number] | null;
  search: string;
}

export type TimelineView = (typeof TIMELINE_VIEWS)[number] | null;

export function oneOf<T extends string>(known: readonly T[], value: string | null): T | null {
  return known.find((each) => each === value) ?? null;
}

export function readDeliveryFilters(address: URLSearchParams): DeliveryFilters {
  return {
    state: oneOf(DELIVERY_STATES, address.get("state")),
    search: address.get("search") ?? "",
    ordering: oneOf(DELIVERY_ORDERINGS, address.get("ordering")) ?? DELIVERY_ORDERINGS[0],
  };
}

export function readAttemptFilters(address: URLSearchParams): AttemptFilters {
  return { state: oneOf(ATTEMPT_STATES, address.get("state")), search: address.get("search") ?? "" };
}

export function readTimelineView(address: URLSearchParams): TimelineView {
  return oneOf(TIMELINE_VIEWS, address.get("show"));
}

const DEFAULTS: Record<string, string> = { ordering: DELIVERY_ORDERINGS[0] };

/** The address with some filters changed; everything else in it stays. */
export function writeFilters(address: URLSearchParams, changes: Record<string, string | null>): URLSearchParams {
  const next = new URLSearchParams(address);
  for (const [name, value] of Object.entries(changes)) {
    const trimmed = value?.trim() ?? "";
    if (!trimmed || trimmed === DEFAULTS[name]) next.delete(name);
    else next.set(name, trimmed);
  }
  return next;
}
