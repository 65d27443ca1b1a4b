import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Outlet, useParams } from "react-router";
import { meQuery } from "../api/learner";
import { AcademyContext, rememberAcademy } from "./academy";
import { accentOf, wearAccent } from "./accent";
import { NotFound } from "./RouteProblem";

/** Everything below /a/:slug: knows the academy and wears its colour. */
export function AcademyArea() {
  const { slug = "" } = useParams();
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const scheme = useComputedColorScheme("light");
  const academy = me?.academies.find((each) => each.slug === slug);
  const colour = academy?.colour;

  useEffect(() => {
    wearAccent(colour ? accentOf(colour, scheme) : null);
    return () => wearAccent(null);
  }, [colour, scheme]);

  useEffect(() => {
    if (academy) rememberAcademy(academy.slug);
  }, [academy]);

  if (!academy) return <NotFound isAlone />;
  return (
    <AcademyContext value={academy}>
      <Outlet />
    </AcademyContext>
  );
}
