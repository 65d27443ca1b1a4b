import { useMemo } from "react";
import { useAcademy } from "../../app/academy";

export type DeliveryTab = "live" | "results" | "settings" | "accommodations";

/** The addresses of the instructors' pages. */
export function useManagePaths() {
  const { slug } = useAcademy();
  return useMemo(() => {
    const root = `/a/${slug}/manage`;
    const delivery = (id: string, tab?: DeliveryTab) => `${root}/deliveries/${id}${tab ? `/${tab}` : ""}`;
    return {
      root,
      create: `${root}/deliveries/new`,
      delivery,
      timeline: (id: string, attempt: string) => `${delivery(id)}/attempts/${attempt}`,
    };
  }, [slug]);
}
