import type { TimelineKind, TimelineStep } from "../../../api/manageTypes";
import type { IconName } from "../../../components/Icon";
import type { TimelineView } from "../filters";

type Group = Exclude<TimelineView, null> | "frame";

const KINDS: Record<TimelineKind, { group: Group; icon: IconName }> = {
  started: { group: "frame", icon: "next" },
  answered: { group: "answers", icon: "marker" },
  viewed: { group: "answers", icon: "eye" },
  moved: { group: "answers", icon: "next" },
  section_closed: { group: "answers", icon: "check" },
  focus_lost: { group: "incidents", icon: "eyeOff" },
  focus_gained: { group: "incidents", icon: "eye" },
  went_offline: { group: "incidents", icon: "offline" },
  came_online: { group: "incidents", icon: "cloud" },
  fullscreen_left: { group: "incidents", icon: "warning" },
  resumed_sitting: { group: "incidents", icon: "next" },
  extra_time: { group: "staff", icon: "clock" },
  paused: { group: "staff", icon: "pause" },
  resumed: { group: "staff", icon: "next" },
  submitted: { group: "frame", icon: "up" },
  terminated: { group: "staff", icon: "cross" },
  voided: { group: "staff", icon: "cross" },
};

/** A kind that is newer than this page is shown all the same. */
const known = (kind: string) => (kind in KINDS ? KINDS[kind as TimelineKind] : undefined);

export const iconOf = (kind: TimelineKind): IconName => known(kind)?.icon ?? "info";

/** Those of one view. The start and the end frame every view that has something to show. */
export function stepsOf(steps: TimelineStep[], view: TimelineView): TimelineStep[] {
  if (view === null) return steps;
  const groupOf = (step: TimelineStep) => known(step.kind)?.group;
  if (!steps.some((step) => groupOf(step) === view)) return [];
  return steps.filter((step) => groupOf(step) === view || groupOf(step) === "frame");
}

export interface Day {
  label: string;
  steps: { step: TimelineStep; number: number }[];
}

/** In the order of the log; a new heading wherever the date changes. */
export function byDay(steps: TimelineStep[], dateOf: (iso: string) => string): Day[] {
  const days: Day[] = [];
  for (const [number, step] of steps.entries()) {
    const label = dateOf(step.at);
    const last = days.at(-1);
    if (last?.label === label) last.steps.push({ step, number });
    else days.push({ label, steps: [{ step, number }] });
  }
  return days;
}
