import "i18next";
import type app from "../locales/en.json";
import type account from "../locales/en.account.json";
import type manage from "../locales/en.manage.json";
import type onboarding from "../locales/en.onboarding.json";
import type privacy from "../locales/en.privacy.json";
import type security from "../locales/en.security.json";
import type sessions from "../locales/en.sessions.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: {
      app: typeof app;
      account: typeof account;
      manage: typeof manage;
      onboarding: typeof onboarding;
      privacy: typeof privacy;
      security: typeof security;
      sessions: typeof sessions;
    };
  }
}
