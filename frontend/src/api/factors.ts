/** A person's own second factors, and proving one. */
import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { Enrolled, Factors, NewAuthenticator, PasskeyOptions, ProofMethod, Uuid } from "./types";

const FACTORS = "/me/factors/";
const STEP_UP = "/me/step-up/";

export const factorsQuery = queryOptions({
  queryKey: ["factors"],
  queryFn: ({ signal }) => request<Factors>(FACTORS, { signal }),
});

export const methodsQuery = queryOptions({
  queryKey: ["step-up"],
  queryFn: ({ signal }) => request<{ methods: ProofMethod[] }>(STEP_UP, { signal }),
  staleTime: 0,
});

export type FactorKind = "authenticators" | "passkeys";
export type FactorId = number | Uuid;

export function startAuthenticator(name: string): Promise<NewAuthenticator> {
  return request(`${FACTORS}authenticators/`, { method: "POST", body: { name } });
}

export function confirmAuthenticator(id: number, code: string): Promise<Enrolled> {
  return request(`${FACTORS}authenticators/${id}/confirmation/`, { method: "POST", body: { code } });
}

export function askForNewPasskey(): Promise<{ options: PasskeyOptions }> {
  return request(`${FACTORS}passkeys/options/`, { method: "POST" });
}

export function addPasskey(name: string, credential: object): Promise<Enrolled> {
  return request(`${FACTORS}passkeys/`, { method: "POST", body: { name, credential } });
}

export function renameFactor(kind: FactorKind, id: FactorId, name: string): Promise<unknown> {
  return request(`${FACTORS}${kind}/${id}/`, { method: "PATCH", body: { name } });
}

export function removeFactor(kind: FactorKind, id: FactorId): Promise<void> {
  return request(`${FACTORS}${kind}/${id}/`, { method: "DELETE" });
}

export function renewRecoveryCodes(): Promise<Enrolled> {
  return request(`${FACTORS}recovery-codes/`, { method: "POST" });
}

export type Proof = { code: string } | { password: string } | { passkey: object };

export function stepUp(proof: Proof): Promise<void> {
  return request(STEP_UP, { method: "POST", body: proof });
}

export function askForPasskey(): Promise<{ options: PasskeyOptions }> {
  return request(`${STEP_UP}passkey-options/`, { method: "POST" });
}
