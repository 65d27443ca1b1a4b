import i18next from "i18next";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { profileQuery } from "../../api/person";
import { keepComfort } from "../../app/comfort";
import { comfortOf } from "../profile/comfortOf";
import { TermsGate } from "./TermsGate";

// Fetched after the first page stands.
await i18next.loadNamespaces("privacy");

/** What a visit brings besides the page: the comfort that was asked for on another device, and new terms. */
export function Visit() {
  const { data: profile } = useQuery(profileQuery);
  useEffect(() => {
    if (profile) keepComfort(comfortOf(profile));
  }, [profile]);
  return <TermsGate />;
}
