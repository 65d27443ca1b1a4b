import { lazy } from "react";
import type { RouteObject } from "react-router";

const DeliveriesPage = lazy(async () => ({ default: (await import("./deliveries/DeliveriesPage")).DeliveriesPage }));
const NewDeliveryPage = lazy(async () => ({ default: (await import("./form/NewDeliveryPage")).NewDeliveryPage }));
const DeliveryPage = lazy(async () => ({ default: (await import("./delivery/DeliveryPage")).DeliveryPage }));
const FirstTab = lazy(async () => ({ default: (await import("./delivery/DeliveryPage")).FirstTab }));
const LiveTab = lazy(async () => ({ default: (await import("./live/LiveTab")).LiveTab }));
const ResultsTab = lazy(async () => ({ default: (await import("./results/ResultsTab")).ResultsTab }));
const SettingsTab = lazy(async () => ({ default: (await import("./form/SettingsTab")).SettingsTab }));
const AccommodationsTab = lazy(async () => ({
  default: (await import("./accommodations/AccommodationsTab")).AccommodationsTab,
}));
const TimelinePage = lazy(async () => ({ default: (await import("./timeline/TimelinePage")).TimelinePage }));

const PeoplePage = lazy(async () => ({ default: (await import("./people/PeoplePage")).PeoplePage }));

/** The instructors' pages, relative to /a/:slug/manage. They are matched by ManageArea, so use `element`, not `lazy`. */
export const routes: RouteObject[] = [
  { index: true, element: <DeliveriesPage /> },
  { path: "people", element: <PeoplePage /> },
  { path: "deliveries/new", element: <NewDeliveryPage /> },
  {
    path: "deliveries/:delivery",
    element: <DeliveryPage />,
    children: [
      { index: true, element: <FirstTab /> },
      { path: "live", element: <LiveTab /> },
      { path: "results", element: <ResultsTab /> },
      { path: "settings", element: <SettingsTab /> },
      { path: "accommodations", element: <AccommodationsTab /> },
    ],
  },
  { path: "deliveries/:delivery/attempts/:attempt", element: <TimelinePage /> },
];
