import { lazy, Suspense, useEffect, useState } from "react";
import { onStepUp } from "../api/client";
import type { ProofMethod } from "../api/types";

const StepUpDialog = lazy(async () => ({ default: (await import("../features/security/StepUpDialog")).StepUpDialog }));

/** Where the dialog appears that asks for a fresh proof, whichever request needs one. It is fetched then. */
export function StepUpHost() {
  const [asked, setAsked] = useState<{ methods: ProofMethod[]; answer: (isProved: boolean) => void } | null>(null);

  useEffect(() => {
    onStepUp((methods) => new Promise((answer) => setAsked({ methods, answer })));
    return () => onStepUp(null);
  }, []);

  if (!asked) return null;
  return (
    <Suspense fallback={null}>
      <StepUpDialog
        methods={asked.methods}
        onEnd={(isProved) => {
          asked.answer(isProved);
          setAsked(null);
        }}
      />
    </Suspense>
  );
}
