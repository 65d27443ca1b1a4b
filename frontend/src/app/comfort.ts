/** What a person needs to see well, everywhere; told in the profile and kept on the device for the next visit. */
export interface Comfort {
  textSize: 1 | 2 | 3 | 4;
  contrast: "normal" | "high";
  motion: "normal" | "reduced";
}

const KEY = "comfort";
const DEFAULTS: Comfort = { textSize: 1, contrast: "normal", motion: "normal" };

export function comfort(): Comfort {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Comfort>) };
  } catch {
    return DEFAULTS;
  }
}

/** Puts it on the page. */
export function wearComfort(): void {
  const { dataset } = document.documentElement;
  const { textSize, contrast, motion } = comfort();
  dataset.textSize = String(textSize);
  dataset.contrast = contrast;
  dataset.motion = motion;
}

export function keepComfort(wanted: Comfort): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(wanted));
  } catch {
    // Storage is full or forbidden: the page stays as it is.
  }
  wearComfort();
}
