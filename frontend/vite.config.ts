import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.BACKEND_URL ?? "http://127.0.0.1:8000";

export default defineConfig(({ command }) => ({
  // Django serves dist/ as static files below this path and index.html itself for every page.
  base: command === "build" ? "/static/app/" : "/",
  plugins: [react()],
  server: {
    proxy: Object.fromEntries(
      ["/api", "/_allauth", "/media"].map((path) => [path, { target: backend }]),
    ),
  },
  build: {
    target: "es2022",
    // Inlined data: URLs would need an exception in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Few files for the first load: what changes rarely, what every page needs; pages stay apart.
        codeSplitting: {
          groups: [
            { name: "vendor", test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next|@mantine|clsx|cookie|set-cookie-parser)\// },
            { name: "shell", test: /src\/(app|components|api)\// },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
    // Looking things up by role is slow on a busy machine; a test that hangs is still found.
    testTimeout: 30_000,
  },
}));
