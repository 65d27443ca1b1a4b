import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./app/tokens.css";
import "./app/mantine.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { wearComfort } from "./app/comfort";
import { startI18n } from "./app/i18n";

wearComfort();
await startI18n();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
