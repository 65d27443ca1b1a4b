import { createContext, useContext } from "react";
import type { MyAcademy, Power } from "../api/types";

const LAST = "last-academy";

export const AcademyContext = createContext<MyAcademy | null>(null);

/** The academy whose pages are shown; only below /a/:slug. */
export function useAcademy(): MyAcademy {
  const academy = useContext(AcademyContext);
  if (!academy) throw new Error("useAcademy needs a page below /a/:slug");
  return academy;
}

export function usePower(power: Power): boolean {
  return useAcademy().powers.includes(power);
}

export function rememberAcademy(slug: string): void {
  localStorage.setItem(LAST, slug);
}

/** The academy visited last, if the person still belongs to it, else the first. */
export function homeAcademy(academies: MyAcademy[]): MyAcademy | undefined {
  const last = localStorage.getItem(LAST);
  return academies.find((each) => each.slug === last) ?? academies[0];
}
