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
    reportCompressedSize: true,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
  },
}));
