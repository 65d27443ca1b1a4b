import { DirectionProvider, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router/dom";
import { Announcer } from "../components/Announcer";
import { makeQueryClient } from "./queryClient";
import { makeRouter } from "./router";
import { SeenAsHost } from "./SeenAsHost";
import { StepUpHost } from "./StepUpHost";
import { cssVariables, theme } from "./theme";

/** Django writes the request's nonce into the page; Mantine's own style elements carry it. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

export function App() {
  const [client] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  return (
    <DirectionProvider>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
        withCssVariables
      >
        <QueryClientProvider client={client}>
          <Announcer>
            <SeenAsHost />
            <RouterProvider router={router} />
            <StepUpHost />
          </Announcer>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
