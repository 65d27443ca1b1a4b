import "i18next";
import type app from "../locales/en.json";
import type account from "../locales/en.account.json";
import type boards from "../locales/en.boards.json";
import type certificates from "../locales/en.certificates.json";
import type impersonation from "../locales/en.impersonation.json";
import type manage from "../locales/en.manage.json";
import type motivation from "../locales/en.motivation.json";
import type onboarding from "../locales/en.onboarding.json";
import type practice from "../locales/en.practice.json";
import type privacy from "../locales/en.privacy.json";
import type saved from "../locales/en.saved.json";
import type repetition from "../locales/en.repetition.json";
import type progress from "../locales/en.progress.json";
import type security from "../locales/en.security.json";
import type sessions from "../locales/en.sessions.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: {
      app: typeof app;
      account: typeof account;
      boards: typeof boards;
      certificates: typeof certificates;
      impersonation: typeof impersonation;
      manage: typeof manage;
      motivation: typeof motivation;
      onboarding: typeof onboarding;
      practice: typeof practice;
      privacy: typeof privacy;
      saved: typeof saved;
      repetition: typeof repetition;
      progress: typeof progress;
      security: typeof security;
      sessions: typeof sessions;
    };
  }
}
