import { Button, createTheme, type CSSVariablesResolver } from "@mantine/core";

/** Mantine speaks in our tokens, so that there is one place for every colour and size. */
export const theme = createTheme({
  fontFamily: "var(--font)",
  headings: { fontFamily: "var(--font)" },
  fontSizes: {
    xs: "var(--text-xs)",
    sm: "var(--text-sm)",
    md: "var(--text-md)",
    lg: "var(--text-lg)",
    xl: "var(--text-xl)",
  },
  defaultRadius: "var(--radius)",
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  components: {
    Button: Button.extend({
      defaultProps: { size: "sm" },
      vars: (_theme, props) =>
        props.variant === undefined || props.variant === "filled"
          ? { root: { "--button-color": props.color ? undefined : "var(--on-accent)" } }
          : { root: {} },
    }),
  },
});

const accent = {
  "--mantine-primary-color-filled": "var(--accent-fill)",
  "--mantine-primary-color-filled-hover": "var(--accent-fill-hover)",
  "--mantine-primary-color-light": "var(--accent-soft)",
  "--mantine-primary-color-light-hover": "var(--accent-soft)",
  "--mantine-primary-color-light-color": "var(--accent)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
  "--mantine-color-blue-filled": "var(--accent-fill)",
  "--mantine-color-blue-filled-hover": "var(--accent-fill-hover)",
  "--mantine-color-blue-light": "var(--accent-soft)",
  "--mantine-color-blue-light-hover": "var(--sunken)",
  "--mantine-color-blue-light-color": "var(--accent)",
  "--mantine-color-blue-outline": "var(--accent)",
  "--mantine-color-anchor": "var(--accent)",
};

const surfaces = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--muted)",
  "--mantine-color-placeholder": "var(--muted)",
  "--mantine-color-error": "var(--bad)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--sunken)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--edge)",
  "--mantine-color-red-filled": "var(--bad)",
  "--mantine-color-red-filled-hover": "var(--bad)",
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  // Gray 4, and in the dark 4 and 6, are the edge and the ground of fields.
  light: { ...accent, ...surfaces, "--mantine-color-gray-4": "var(--edge)" },
  dark: { ...accent, ...surfaces, "--mantine-color-dark-4": "var(--edge)", "--mantine-color-dark-6": "var(--surface)" },
});
