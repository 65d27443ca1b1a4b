import "i18next";
import type app from "../locales/en.json";
import type manage from "../locales/en.manage.json";
import type sessions from "../locales/en.sessions.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: { app: typeof app; manage: typeof manage; sessions: typeof sessions };
  }
}
