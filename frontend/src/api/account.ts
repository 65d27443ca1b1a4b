/** Opening an account, proving its address, and passwords. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { isProblem, ProblemError } from "./problem";
import { pendingFlows, sendToAllauth } from "./session";
import type { components } from "./schema";
import type { Locale, MyAcademy } from "./types";

export type InvitedTo = components["schemas"]["InvitedToOut"];

export interface SignUp {
  name: string;
  email: string;
  password: string;
  locale: Locale;
  time_zone: string;
  /** Of an invitation to this address: no letter has to be answered. */
  proof?: string;
  /** Texts that are accepted with it: `document@version`. */
  consents?: string[];
}

/** How far somebody has come: in, or waiting for the code of a letter. */
export type Entry = "signed_in" | "verify";

/** allauth answers 401 where a step is left; which one it is decides what comes next. */
async function entering(path: string, body: unknown): Promise<Entry> {
  try {
    await sendToAllauth(path, { method: "POST", body });
    return "signed_in";
  } catch (error) {
    if (isProblem(error, "pending_step") && pendingFlows(error).includes("verify_email")) return "verify";
    throw error;
  }
}

export function signUp(wanted: SignUp): Promise<Entry> {
  return entering("auth/signup", wanted);
}

/** Raises ProblemError: `validation_error` for a wrong code, `http_409` when another has to be asked for. */
export function verifyCode(code: string): Promise<Entry> {
  return entering("auth/email/verify", { key: code });
}

export async function resendCode(): Promise<void> {
  await sendToAllauth("auth/email/verify/resend", { method: "POST", body: {} });
}

export async function requestReset(email: string): Promise<void> {
  await sendToAllauth("auth/password/request", { method: "POST", body: { email } });
}

/** Nobody is signed in by it, which allauth says with 401. */
export async function resetPassword(key: string, password: string): Promise<void> {
  try {
    await sendToAllauth("auth/password/reset", { method: "POST", body: { key, password } });
  } catch (error) {
    if (!isProblem(error, "pending_step")) throw error;
  }
}

export async function changePassword(passwords: { current_password: string; new_password: string }): Promise<void> {
  await sendToAllauth("account/password/change", { method: "POST", body: passwords });
}

export function verifyLink(key: string): Promise<void> {
  return request("/verification/", { method: "POST", body: { key } });
}

/** Whether this browser waits for a code, and whether anybody may open an account. */
export const entryQuery = queryOptions({
  queryKey: ["entry"],
  queryFn: async ({ signal }) => {
    try {
      await sendToAllauth("auth/session", { signal });
      return { isSignedIn: true, isVerifying: false, isOpen: false };
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== "pending_step") throw error;
      const pending = pendingFlows(error);
      return { isSignedIn: false, isVerifying: pending.includes("verify_email"), isOpen: pendingFlows(error, false).includes("signup") };
    }
  },
  staleTime: 0,
  gcTime: 0,
});

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => request<InvitedTo>(`/invitations/${encodeURIComponent(token)}/`, { signal }),
    staleTime: 60_000,
    retry: false,
  });

export function acceptInvitation(token: string): Promise<MyAcademy> {
  return request<MyAcademy>(`/invitations/${encodeURIComponent(token)}/`, { method: "POST" });
}
