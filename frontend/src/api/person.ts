import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { isProblem } from "./problem";
import type {
  ConsentIn,
  Consents,
  DataExport,
  ErasureState,
  LegalDocument,
  LegalKind,
  Locale,
  Onboarding,
  OnboardingStep,
  OnboardingStepState,
  Profile,
} from "./types";

const WHILE_RUNNING_MS = 2_000;

export const profileQuery = queryOptions({
  queryKey: ["me", "profile"],
  queryFn: ({ signal }) => request<Profile>("/me/profile/", { signal }),
  staleTime: 5 * 60_000,
});

export function updateProfile(changes: Partial<Profile>): Promise<Profile> {
  return request<Profile>("/me/profile/", { method: "PATCH", body: changes });
}

export const onboardingQuery = queryOptions({
  queryKey: ["me", "onboarding"],
  queryFn: ({ signal }) => request<Onboarding>("/me/onboarding/", { signal }),
  staleTime: 60_000,
});

export function noteStep(step: OnboardingStep, state: OnboardingStepState): Promise<Onboarding> {
  return request<Onboarding>("/me/onboarding/", { method: "PATCH", body: { step, state } });
}

export function dismissOnboarding(): Promise<Onboarding> {
  return request<Onboarding>("/me/onboarding/", { method: "PATCH", body: { dismissed: true } });
}

export const legalQuery = (kind: LegalKind, locale: Locale) =>
  queryOptions({
    queryKey: ["legal", kind, locale],
    // A platform that has not published one has nothing to show, which is no failure.
    queryFn: async ({ signal }) => {
      try {
        return await request<LegalDocument>(`/legal/${kind}/`, { query: { locale }, signal });
      } catch (error) {
        if (isProblem(error) && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
  });

export const consentsQuery = queryOptions({
  queryKey: ["me", "consents"],
  queryFn: ({ signal }) => request<Consents>("/me/consents/", { signal }),
  staleTime: 5 * 60_000,
});

export function decide(decision: Partial<ConsentIn> & Pick<ConsentIn, "topic" | "is_given">): Promise<Consents> {
  return request<Consents>("/me/consents/", { method: "POST", body: decision });
}

const isUnderWay = (each: DataExport) => each.state === "queued" || each.state === "running";

export const exportsQuery = queryOptions({
  queryKey: ["me", "exports"],
  queryFn: ({ signal }) => request<DataExport[]>("/me/exports/", { signal }),
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? WHILE_RUNNING_MS : false),
});

export function askForExport(): Promise<DataExport> {
  return request<DataExport>("/me/exports/", { method: "POST" });
}

export const erasureQuery = queryOptions({
  queryKey: ["me", "erasure"],
  queryFn: ({ signal }) => request<ErasureState>("/me/erasure/", { signal }),
});

export function askForErasure(): Promise<ErasureState> {
  return request<ErasureState>("/me/erasure/", { method: "POST" });
}

export function cancelErasure(): Promise<void> {
  return request<void>("/me/erasure/", { method: "DELETE" });
}
