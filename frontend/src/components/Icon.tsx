/** Strokes on a 24-unit square; always decoration beside words or a label, so hidden from screen readers. */
const PATHS = {
  home: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
  history: "M4 12a8 8 0 1 0 2.6-5.9L4 8.500M4 4v4.500h4.500M12 8v4.500l3 2",
  deliveries: "M5 4h14v16H5zM9 9h6M9 13h6M9 17h3",
  profile: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c.8-3.600 3.800-5.500 7.500-5.500s6.700 1.900 7.500 5.500",
  sun: "M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600 19 19M5 19l1.400-1.400M17.600 6.400 19 5",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  auto: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  flag: "M6 21V4h11l-2.500 4L17 12H6",
  check: "M5 12.500 10 17.500 19.500 7",
  cross: "M6 6l12 12M18 6 6 18",
  warning: "M12 4 2.500 20h19zM12 10v4.500M12 17.500v.01",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.01",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.500l3.500 2",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  grid: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.700 2.200c-.8.500-1.200 1-1.200 1.900M12 16.800v.01",
  text: "M4 18 9 6l5 12M5.700 14h6.600M15 18l3-7.500 3 7.500M16 15.500h4",
  marker: "M4 20h6l9.500-9.500-4-4L6 16zM13 9l4 4",
  strike: "M4 12h16M8 7.500C8.500 6 10 5 12 5c2.300 0 4 1.200 4 3M16 16c0 1.800-1.700 3-4 3-2.300 0-4-1.200-4-3",
  cloud: "M7 18a4.500 4.500 0 0 1-.6-9 6 6 0 0 1 11.500 1.500A3.800 3.800 0 0 1 17.500 18z",
  offline: "M3 3l18 18M8.500 7.500a6 6 0 0 1 9.400 3 3.800 3.800 0 0 1 2 6M16 18H7a4.500 4.500 0 0 1-.6-9",
  pause: "M8 5v14M16 5v14",
  next: "M5 12h14M13 6l6 6-6 6",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  eyeOff: "M4 4l16 16M9.500 6a9 9 0 0 1 2.500-.500c6 0 9.500 6.500 9.500 6.500a17 17 0 0 1-3 3.600M6.200 7.500A16 16 0 0 0 2.500 12S6 18.500 12 18.500c1.500 0 2.900-.4 4.100-1",
  podium: "M3.500 20v-6h5.500v6M9 20V7h6v13M15 20v-9h5.500v9M2 20h20",
  chart: "M4 20h16M7 16v-5M12 16V6M17 16v-8",
  bookmark: "M6 4h12v16.500l-6-4.500-6 4.500z",
  star: "M12 3.500l2.600 5.300 5.900.900-4.300 4.100 1 5.800-5.200-2.700-5.200 2.700 1-5.800-4.300-4.100 5.900-.900z",
  note: "M5 4h14v10l-6 6H5zM13 20v-6h6M8.500 8.500h7M8.500 12h4",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20.500 20.500 16 16",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
