import { Button, Menu, useMantineColorScheme } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, Navigate, NavLink, Outlet, useLocation } from "react-router";
import { api, result } from "./api";
import { Bell } from "./notifications/Bell";
import { Refused, Waiting } from "./parts/States";
import { signedInAs, useMe } from "./queries";

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
            <Person name={me.data.name} rights={me.data.rights} />
          </div>
        </div>
      </header>
      <main id="content" className="page" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

function Person({ name, rights }: { name: string; rights: readonly string[] }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const signOut = useMutation({
    mutationFn: (everywhere: boolean) =>
      result(everywhere ? api.DELETE("/sessions") : api.DELETE("/session")),
    onSuccess: () => signedInAs(null),
  });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="default" size="xs">
          {name}
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
        <Menu.Item onClick={() => signOut.mutate(false)}>Sign out</Menu.Item>
        <Menu.Item onClick={() => signOut.mutate(true)}>Sign out everywhere</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
