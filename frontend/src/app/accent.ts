/** An academy's colour replaces the accent only where it stays legible; else the colour is mixed until it is, or left. */
type Rgb = [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const LIGHT_SURFACE: Rgb = WHITE;
const DARK_SURFACE: Rgb = [26, 30, 37];
const TEXT_CONTRAST = 4.5;

export interface Accent {
  accent: string;
  fill: string;
  fillHover: string;
  soft: string;
  onAccent: string;
}

export function parseHex(colour: string): Rgb | null {
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(colour.trim())?.[1];
  if (!hex) return null;
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as Rgb;
}

/** WCAG 2.2 relative luminance. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((value) => {
    const channel = value / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((value, at) => Math.round(value + ((to[at] ?? 0) - value) * share)) as Rgb;
}

const css = (rgb: Rgb) => `rgb(${rgb.join(" ")})`;

/** The colour moved towards `to` in tenths until it can be read on `surface`; null when that would leave nothing of it. */
function legible(colour: Rgb, surface: Rgb, to: Rgb): Rgb | null {
  for (let step = 0; step <= 7; step += 1) {
    const candidate = mix(colour, to, step / 10);
    if (contrast(candidate, surface) >= TEXT_CONTRAST) return candidate;
  }
  return null;
}

export function accentOf(colour: string, scheme: "light" | "dark"): Accent | null {
  const rgb = parseHex(colour);
  if (!rgb) return null;
  const isDark = scheme === "dark";
  const surface = isDark ? DARK_SURFACE : LIGHT_SURFACE;
  const end: Rgb = isDark ? WHITE : [0, 0, 0];
  // A little stricter than the surface itself, because the accent also stands on soft and sunken grounds.
  const accent = legible(rgb, mix(surface, isDark ? WHITE : [0, 0, 0], 0.07), end);
  if (!accent) return null;
  return {
    accent: css(accent),
    fill: css(accent),
    fillHover: css(mix(accent, end, 0.15)),
    soft: css(mix(surface, accent, isDark ? 0.18 : 0.1)),
    onAccent: isDark ? "rgb(16 20 28)" : "rgb(255 255 255)",
  };
}

const PROPERTIES: Record<keyof Accent, string> = {
  accent: "--accent",
  fill: "--accent-fill",
  fillHover: "--accent-fill-hover",
  soft: "--accent-soft",
  onAccent: "--on-accent",
};

/** Set through the DOM: a style element would need the nonce, a style attribute in HTML is refused by the policy. */
export function wearAccent(accent: Accent | null): void {
  const style = document.documentElement.style;
  for (const [key, property] of Object.entries(PROPERTIES) as [keyof Accent, string][]) {
    if (accent) style.setProperty(property, accent[key]);
    else style.removeProperty(property);
  }
}
