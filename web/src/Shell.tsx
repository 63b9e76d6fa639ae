import { Button, Menu, useMantineColorScheme } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, Navigate, NavLink, Outlet, useLocation } from "react-router";
import { api, result, type Schemas } from "./api";
import { Bell } from "./notifications/Bell";
import { Refused, Waiting } from "./parts/States";
import { signedInAs, useMe } from "./queries";
import { addressIn, isAddressOf, runsServer } from "./workspace";

/** What surrounds every page of somebody who is signed in. */
export function Shell() {
  const me = useMe();
  const location = useLocation();
  if (me.isPending) {
    return <Waiting what="Gatehouse" />;
  }
  if (me.isError) {
    return <Refused error={me.error} retry={() => void me.refetch()} />;
  }
  if (me.data === null) {
    const from = location.pathname + location.search;
    return <Navigate to={from === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(from)}`} replace />;
  }
  if (!isAddressOf(me.data.workspace)) {
    // An address without a workspace, or with a name that it had before.
    window.location.replace(addressIn(me.data.workspace, location.pathname + location.search));
    return <Waiting what="Gatehouse" />;
  }
  if (me.data.secondFactorMissing && location.pathname !== "/account") {
    return <Navigate to="/account" replace />;
  }
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="bar">
        <div className="bar-inner">
          <Link to="/" className="brand">
            <img src="/favicon.svg" width="24" height="24" alt="" />
            Gatehouse
          </Link>
          <nav className="nav" aria-label="Main">
            <NavLink to="/" end>
              Overview
            </NavLink>
            <NavLink to="/registries">Registries</NavLink>
            <NavLink to="/issues">Issues</NavLink>
            <NavLink to="/advisories">Advisories</NavLink>
            <NavLink to="/licences">Licences</NavLink>
            <NavLink to="/tokens">Tokens</NavLink>
            <NavLink to="/team">Team</NavLink>
            {me.data.rights.includes("manage-accounts") && <NavLink to="/audit">Audit log</NavLink>}
          </nav>
          <div className="push bar-end">
            <Bell />
            <Person me={me.data} />
          </div>
        </div>
      </header>
      <main id="content" className="page" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

function Person({ me }: { me: Schemas["Me"] }) {
  const { name, rights, workspace } = me;
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const signOut = useMutation({
    mutationFn: (from: "here" | "workspaces" | "everywhere") =>
      result(
        from === "everywhere"
          ? api.DELETE("/sessions")
          : from === "workspaces"
            ? api.DELETE("/session/workspaces")
            : api.DELETE("/session"),
      ),
    onSuccess: () => signedInAs(null),
  });
  const held = useQuery({
    queryKey: ["held-sessions"],
    queryFn: () => result(api.GET("/session/workspaces")),
  });
  const workspaces = held.data?.items ?? [];
  return (
    <Menu position="bottom-end" width={240} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" size="xs">
          {runsServer(workspace) && workspaces.length < 2 ? name : `${name} in ${workspace}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account">
          Your account
        </Menu.Item>
        {rights.includes("manage-accounts") && (
          <Menu.Item component={Link} to="/settings">
            Settings
          </Menu.Item>
        )}
        {rights.includes("manage-registries") && (
          <Menu.Item component={Link} to="/webhooks">
            Webhooks
          </Menu.Item>
        )}
        {rights.includes("manage-owners") && (
          <Menu.Item component={Link} to="/settings/sign-in">
            Single sign-on
          </Menu.Item>
        )}
        <Menu.Item component={Link} to="/troubleshooting">
          Troubleshooting
        </Menu.Item>
        {rights.includes("manage-owners") && runsServer(workspace) && (
          <Menu.Item component={Link} to="/workspaces">
            Workspaces
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>Workspace</Menu.Label>
        {workspaces.length > 1 &&
          workspaces.map((one) => (
            <Menu.Item
              key={one.workspace}
              component="a"
              href={addressIn(one.workspace, "/")}
              aria-current={one.workspace === workspace ? "page" : undefined}
              rightSection={one.workspace === workspace ? "✓" : null}
            >
              {one.workspace} <span className="quiet">as {one.name}</span>
            </Menu.Item>
          ))}
        <Menu.Item component="a" href="/sign-in?further">
          Sign in to another
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {(["auto", "light", "dark"] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme ? "✓" : null}
          >
            {scheme === "auto" ? "As the system" : scheme === "light" ? "Light" : "Dark"}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate("here")}>Sign out</Menu.Item>
        {workspaces.length > 1 && (
          <Menu.Item onClick={() => signOut.mutate("workspaces")}>Sign out of all workspaces</Menu.Item>
        )}
        <Menu.Item onClick={() => signOut.mutate("everywhere")}>Sign out everywhere</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
