import { createBrowserRouter, Outlet, ScrollRestoration, type RouteObject } from "react-router";
import { HomePage } from "../features/home/HomePage";
import { AcademyArea } from "./AcademyArea";
import { FirstPage } from "./FirstPage";
import { NotFound, RouteProblem } from "./RouteProblem";
import { RequireSession } from "./RequireSession";
import { Shell } from "./Shell";
import { LoadingPage } from "./LoadingPage";

/** The learner's home is in the first load; every other page is fetched when it is opened. */
const routes: RouteObject[] = [
  {
    element: (
      <>
        <ScrollRestoration />
        <Outlet />
      </>
    ),
    errorElement: <RouteProblem />,
    hydrateFallbackElement: <LoadingPage />,
    children: [
      {
        path: "/sign-in",
        lazy: async () => ({ Component: (await import("../features/session/SignInPage")).SignInPage }),
      },
      {
        path: "/sign-in/provider",
        lazy: async () => ({ Component: (await import("../features/session/ProviderReturnPage")).ProviderReturnPage }),
      },
      {
        element: <RequireSession />,
        children: [
          { path: "/", element: <FirstPage /> },
          {
            path: "/settings/:page",
            lazy: async () => ({ Component: (await import("./SettingsRedirect")).SettingsRedirect }),
          },
          {
            path: "/a/:slug",
            element: <AcademyArea />,
            children: [
              {
                path: "attempts/:attempt",
                lazy: async () => ({ Component: (await import("../features/sitting/SittingPage")).SittingPage }),
              },
              {
                element: <Shell />,
                children: [
                  {
                    errorElement: <RouteProblem />,
                    children: [
                      { index: true, element: <HomePage /> },
                      {
                        path: "exams/:delivery",
                        lazy: async () => ({ Component: (await import("../features/home/ExamPage")).ExamPage }),
                      },
                      {
                        path: "attempts/:attempt/result",
                        lazy: async () => ({ Component: (await import("../features/result/ResultPage")).ResultPage }),
                      },
                      {
                        path: "attempts/:attempt/review",
                        lazy: async () => ({ Component: (await import("../features/review/ReviewPage")).ReviewPage }),
                      },
                      {
                        path: "history",
                        lazy: async () => ({ Component: (await import("../features/history/HistoryPage")).HistoryPage }),
                      },
                      {
                        path: "profile",
                        lazy: async () => ({ Component: (await import("../features/profile/ProfilePage")).ProfilePage }),
                      },
                      {
                        path: "settings/sessions",
                        lazy: async () => ({ Component: (await import("../features/sessions/SessionsPage")).SessionsPage }),
                      },
                      {
                        path: "manage/*",
                        lazy: async () => ({ Component: (await import("../features/manage/ManageArea")).ManageArea }),
                      },
                      { path: "*", element: <NotFound /> },
                    ],
                  },
                ],
              },
            ],
          },
          { path: "*", element: <NotFound isAlone /> },
        ],
      },
    ],
  },
];

export function makeRouter() {
  return createBrowserRouter(routes);
}
