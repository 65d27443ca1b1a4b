import { request } from "../../api/client";
import { isProblem } from "../../api/problem";
import { signIn } from "../../api/session";
import type { Challenge } from "../../api/types";
import type { Report } from "./challenge.worker";

type OnShare = (share: number) => void;

/** Signs in. When the server asks for it, the browser solves a challenge first; `onShare` hears how far it is. */
export async function signInWithWork(credentials: { email: string; password: string }, onShare: OnShare): Promise<void> {
  try {
    await signIn(credentials);
  } catch (error) {
    if (!isProblem(error, "challenge_required")) throw error;
    const challenge = await request<Challenge>("/challenge/");
    await signIn(credentials, await solution(challenge, onShare));
  }
}

/** In a worker of its own, so that the page stays alive. An unsolved challenge is sent as such and refused. */
function solution(challenge: Challenge, onShare: OnShare): Promise<string> {
  const worker = new Worker(new URL("./challenge.worker.ts", import.meta.url), { type: "module" });
  return new Promise<string>((resolve, reject) => {
    worker.addEventListener("error", () => reject(new Error("the worker failed")));
    worker.addEventListener("message", ({ data }: MessageEvent<Report>) => {
      if ("share" in data) onShare(data.share);
      else resolve(btoa(JSON.stringify({ challenge, solution: data.solution ?? {} })));
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of this page has no origin to name
    worker.postMessage(challenge.parameters);
  }).finally(() => worker.terminate());
}
