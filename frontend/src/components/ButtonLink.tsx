import { Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

/** A link that looks like a button, because it is the next thing to do. */
export function ButtonLink({ to, children, ...props }: ButtonProps & { to: string; children: ReactNode; "aria-label"?: string }) {
  return (
    <Button component={Link} to={to} {...props}>
      {children}
    </Button>
  );
}
