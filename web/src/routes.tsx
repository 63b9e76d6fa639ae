import { createBrowserRouter } from "react-router";
import { NotFound } from "./pages/NotFound";
import { Overview } from "./pages/Overview";
import { SignIn } from "./pages/SignIn";
import { Waiting } from "./parts/States";
import { Shell } from "./Shell";
import { basename } from "./workspace";

/** Every page's address. The server knows the first segment of each: see AppEndpoint. */
export const router = createBrowserRouter(
  [
    { path: "/sign-in", element: <SignIn /> },
    outside("/sign-in/provider", () => import("./pages/ProviderReturn")),
    outside("/invite/:secret", () => import("./pages/Invite")),
    outside("/join", () => import("./pages/Join")),
    outside("/forgotten", () => import("./pages/Forgotten")),
    outside("/password/:secret", () => import("./pages/NewPassword")),
    {
      path: "/",
      element: <Shell />,
      children: [
        { index: true, element: <Overview /> },
        { path: "registries", lazy: page(() => import("./pages/Registries")) },
        { path: "registries/:registry/package/*", lazy: page(() => import("./pages/Package")) },
        { path: "registries/:registry/:tab?", lazy: page(() => import("./pages/Registry")) },
        { path: "issues", lazy: page(() => import("./pages/Issues")) },
        { path: "issues/:issue", lazy: page(() => import("./pages/Issue")) },
        { path: "tokens", lazy: page(() => import("./pages/Tokens")) },
        { path: "team", lazy: page(() => import("./pages/Team")) },
        { path: "workspaces", lazy: page(() => import("./pages/Workspaces")) },
        { path: "webhooks", lazy: page(() => import("./pages/Webhooks")) },
        { path: "notifications", lazy: page(() => import("./pages/Notifications")) },
        { path: "audit", lazy: page(() => import("./pages/Audit")) },
        { path: "advisories", lazy: page(() => import("./pages/Advisories")) },
        { path: "licences", lazy: page(() => import("./pages/Licences")) },
        { path: "settings", lazy: page(() => import("./pages/Settings")) },
        { path: "traffic", lazy: page(() => import("./pages/Traffic")) },
        { path: "troubleshooting", lazy: page(() => import("./pages/Troubleshooting")) },
        { path: "settings/sign-in", lazy: page(() => import("./pages/SignInSettings")) },
        { path: "account", lazy: page(() => import("./pages/Account")) },
        { path: "login/:secret", lazy: page(() => import("./pages/ClientLogin")) },
        { path: "confirm/:secret", lazy: page(() => import("./pages/Confirm")) },
        { path: "*", element: <NotFound /> },
      ],
    },
  ],
  { basename },
);

function page(load: () => Promise<{ Page: React.ComponentType }>) {
  return async () => ({ Component: (await load()).Page });
}

/** A page for those who are not signed in. */
function outside(path: string, load: () => Promise<{ Page: React.ComponentType }>) {
  return { path, lazy: page(load), hydrateFallbackElement: <Waiting what="Gatehouse" /> };
}
