import { createBrowserRouter, Navigate, Outlet, ScrollRestoration, type RouteObject } from "react-router";
import type { LegalKind } from "../api/types";
import { HomePage } from "../features/home/HomePage";
import { AcademyArea } from "./AcademyArea";
import { FirstPage } from "./FirstPage";
import { NotFound, RouteProblem } from "./RouteProblem";
import { RequireSession } from "./RequireSession";
import { Shell } from "./Shell";
import { LoadingPage } from "./LoadingPage";

const LEGAL: LegalKind[] = ["privacy", "terms", "cookies"];

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
      ...LEGAL.map((kind) => ({
        path: `/${kind}`,
        lazy: async () => {
          const { LegalPage } = await import("../features/legal/LegalPage");
          return { element: <LegalPage kind={kind} /> };
        },
      })),
      {
        path: "/certificates/:code?",
        lazy: async () => ({ Component: (await import("../features/boards/VerifyPage")).VerifyPage }),
      },
      {
        lazy: async () => ({ Component: (await import("../features/account/AccountArea")).AccountArea }),
        children: [
          { path: "/sign-up", lazy: async () => ({ Component: (await import("../features/account/SignUpPage")).SignUpPage }) },
          { path: "/verify", lazy: async () => ({ Component: (await import("../features/account/VerifyPage")).VerifyPage }) },
          {
            path: "/verify/:key",
            lazy: async () => ({ Component: (await import("../features/account/VerifyLinkPage")).VerifyLinkPage }),
          },
          { path: "/forgot", lazy: async () => ({ Component: (await import("../features/account/ForgotPage")).ForgotPage }) },
          { path: "/reset/:key", lazy: async () => ({ Component: (await import("../features/account/ResetPage")).ResetPage }) },
          {
            path: "/invitation/:token",
            lazy: async () => ({ Component: (await import("../features/account/InvitationPage")).InvitationPage }),
          },
        ],
      },
      {
        path: "/second-factor",
        lazy: async () => ({ Component: (await import("../features/security/SecondFactorPage")).SecondFactorPage }),
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
            lazy: async () => ({ Component: (await import("../features/security/SettingsPath")).SettingsPath }),
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
                        lazy: async () => ({ Component: (await import("./LearnerAreas")).PracticeArea }),
                        children: [
                          {
                            path: "practice",
                            lazy: async () => ({ Component: (await import("../features/practice/PracticePage")).PracticePage }),
                          },
                          {
                            path: "saved",
                            lazy: async () => ({ Component: (await import("../features/saved/SavedPage")).SavedPage }),
                            children: [
                              {
                                index: true,
                                lazy: async () => ({ Component: (await import("../features/saved/BookmarksTab")).BookmarksTab }),
                              },
                              {
                                path: "notes",
                                lazy: async () => ({ Component: (await import("../features/saved/NotesTab")).NotesTab }),
                              },
                              {
                                path: "reports",
                                lazy: async () => ({ Component: (await import("../features/saved/ReportsTab")).ReportsTab }),
                              },
                              { path: "*", element: <NotFound /> },
                            ],
                          },
                        ],
                      },
                      {
                        path: "practice/:session",
                        lazy: async () => ({ Component: (await import("../features/practice/SessionPage")).SessionPage }),
                      },
                      {
                        path: "review",
                        lazy: async () => ({ Component: (await import("../features/repetition/ReviewQueuePage")).ReviewQueuePage }),
                      },
                      {
                        path: "review/cards",
                        lazy: async () => ({ Component: (await import("../features/repetition/CardsPage")).CardsPage }),
                      },
                      {
                        path: "review/settings",
                        lazy: async () => ({
                          Component: (await import("../features/repetition/ReviewSettingsPage")).ReviewSettingsPage,
                        }),
                      },
                      {
                        lazy: async () => ({ Component: (await import("./LearnerAreas")).ProgressArea }),
                        children: [
                          {
                            path: "progress",
                            lazy: async () => ({ Component: (await import("../features/progress/ProgressPage")).ProgressPage }),
                          },
                          {
                            path: "progress/achievements",
                            lazy: async () => ({
                              Component: (await import("../features/motivation/AchievementsPage")).AchievementsPage,
                            }),
                          },
                          {
                            path: "history",
                            lazy: async () => ({ Component: (await import("../features/history/HistoryPage")).HistoryPage }),
                          },
                          {
                            path: "certificates",
                            lazy: async () => ({ Component: (await import("../features/boards/CertificatesPage")).CertificatesPage }),
                          },
                        ],
                      },
                      {
                        path: "leaderboard",
                        lazy: async () => ({ Component: (await import("../features/boards/BoardsPage")).BoardsPage }),
                      },
                      {
                        path: "onboarding",
                        lazy: async () => ({ Component: (await import("../features/onboarding/OnboardingPage")).OnboardingPage }),
                      },
                      { path: "profile", element: <Navigate to="../settings/profile" replace /> },
                      {
                        path: "settings",
                        lazy: async () => ({ Component: (await import("../features/settings/SettingsLayout")).SettingsLayout }),
                        children: [
                          { index: true, element: <Navigate to="profile" replace /> },
                          {
                            path: "profile",
                            lazy: async () => ({ Component: (await import("../features/profile/ProfilePage")).ProfilePage }),
                          },
                          {
                            path: "security",
                            lazy: async () => ({ Component: (await import("../features/security/SecurityPage")).SecurityPage }),
                          },
                          {
                            path: "sessions",
                            lazy: async () => ({ Component: (await import("../features/sessions/SessionsPage")).SessionsPage }),
                          },
                          {
                            path: "privacy",
                            lazy: async () => ({ Component: (await import("../features/privacy/PrivacyPage")).PrivacyPage }),
                          },
                          { path: "*", element: <NotFound /> },
                        ],
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
