import "i18next";
import type app from "../locales/en.json";
import type manage from "../locales/en.manage.json";
import type onboarding from "../locales/en.onboarding.json";
import type privacy from "../locales/en.privacy.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: { app: typeof app; manage: typeof manage; onboarding: typeof onboarding; privacy: typeof privacy };
  }
}
