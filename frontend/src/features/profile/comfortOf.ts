import type { Profile } from "../../api/types";
import type { Comfort } from "../../app/comfort";

type Needs = Pick<Profile, "text_size" | "high_contrast" | "reduced_motion">;

/** What the page wears for a profile. */
export function comfortOf({ text_size, high_contrast, reduced_motion }: Needs): Comfort {
  return {
    textSize: Math.min(4, Math.max(1, text_size)) as Comfort["textSize"],
    contrast: high_contrast ? "high" : "normal",
    motion: reduced_motion ? "reduced" : "normal",
  };
}
