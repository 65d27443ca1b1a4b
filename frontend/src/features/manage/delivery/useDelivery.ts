import { useOutletContext } from "react-router";
import type { DeliveryOut } from "../../../api/manageTypes";

/** The delivery whose tab is shown. */
export function useDelivery(): DeliveryOut {
  return useOutletContext<DeliveryOut>();
}
