import "i18next";
import type app from "../locales/en.json";
import type manage from "../locales/en.manage.json";
import type security from "../locales/en.security.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: { app: typeof app; manage: typeof manage; security: typeof security };
  }
}
