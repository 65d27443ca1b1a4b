import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Locale } from "../api/types";

export const LOCALES: readonly Locale[] = ["en", "es"];
const REMEMBERED = "locale";

const catalogues = import.meta.glob<{ default: Record<string, unknown> }>("../locales/*.json");

/** `en.json` is the learner's catalogue; `en.manage.json` belongs to the instructors' pages and is fetched with them. */
const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const file = namespace === "app" ? `../locales/${language}.json` : `../locales/${language}.${namespace}.json`;
    const load = catalogues[file];
    if (!load) {
      done(new Error(`There is no ${file}`), null);
      return;
    }
    load().then(
      (module) => done(null, module.default),
      (error: unknown) => done(error as Error, null),
    );
  },
};

export function isLocale(value: string | null | undefined): value is Locale {
  return LOCALES.includes(value as Locale);
}

function firstLocale(): Locale {
  const remembered = localStorage.getItem(REMEMBERED);
  if (isLocale(remembered)) return remembered;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLocale);
  return wanted ?? "en";
}

export async function startI18n(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
    document.documentElement.dir = i18next.dir(language);
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLocale(),
      fallbackLng: false,
      ns: ["app"],
      defaultNS: "app",
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

export async function speak(locale: Locale): Promise<void> {
  localStorage.setItem(REMEMBERED, locale);
  if (i18next.language !== locale) await i18next.changeLanguage(locale);
}
