import type { ChallengeParameters } from "../../api/types";
import { solve, type Solution } from "./proofOfWork";

export type Report = { share: number } | { solution: Solution | undefined };

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker speaks to its own page; there is no origin to name
const say = (report: Report) => self.postMessage(report);

self.addEventListener("message", ({ data }: MessageEvent<ChallengeParameters>) => {
  void solve(data, (share) => say({ share })).then((solution) => say({ solution }));
});
