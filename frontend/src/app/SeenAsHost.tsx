import { lazy, Suspense } from "react";
import { useSeenAs } from "../api/seenAs";

const SeenAsBanner = lazy(async () => ({ default: (await import("../features/impersonation/SeenAsBanner")).SeenAsBanner }));

/** Above every page while staff see what a person sees; nobody else fetches it. */
export function SeenAsHost() {
  if (!useSeenAs()) return null;
  return (
    <Suspense fallback={null}>
      <SeenAsBanner />
    </Suspense>
  );
}
