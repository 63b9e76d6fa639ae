import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useFilters, Search } from "../parts/filters";
import { Empty } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { Checker } from "../trouble/Checker";

interface Trouble {
  see: string;
  means: string;
  do: ReactNode;
}

const info = <Link to="/registries">More info</Link>;

/** What clients say, why, and what helps. The README has the same in short. */
const TROUBLES: Trouble[] = [
  {
    see: '401, ENEEDAUTH, E401, "This registry asks for a token"',
    means: "The client sent no token.",
    do: <>The key in the .npmrc must be the registry's address, path and last slash included. {info} of the registry has the lines.</>,
  },
  {
    see: '401, "This token is not valid"',
    means: "It was revoked, it has ended, its user was deactivated, or it is from another server.",
    do: <>Log in again, or make one under <Link to="/tokens">Tokens</Link>.</>,
  },
  {
    see: '403, E403, "This token is limited to other registries"',
    means: "Tokens from a login are good for that registry only.",
    do: <>Log in at this one, or make a token for more under <Link to="/tokens">Tokens</Link>.</>,
  },
  {
    see: '403, "This token changes some packages only"',
    means: "The token was made for some packages or scopes, and this is none of them.",
    do: <>Use one that may, or make one under <Link to="/tokens">Tokens</Link>.</>,
  },
  {
    see: '403, "is read-only", "may not publish packages"',
    means: "The token or the role allows less.",
    do: <>Use a token that may write, or ask an owner: <Link to="/team">Team</Link> shows who is one.</>,
  },
  {
    see: '401, "not by password" when logging in',
    means: "The workspace leaves signing in to its provider; passwords are for owners.",
    do: <>Log in by the browser (npm login does), or take a token under <Link to="/tokens">Tokens</Link>.</>,
  },
  {
    see: '"in none of the groups that may come in here"',
    means: "The provider knows you, and no group of yours has a role here.",
    do: <>Ask whoever manages the groups, or an owner. docs/SSO.md says how groups become roles.</>,
  },
  {
    see: 'EOTP, "This operation requires a one-time password"',
    means: "The registry asks for a second factor with every change of a package.",
    do: <>On a terminal npm asks for it, or shows a page that does; elsewhere add --otp and a code. Machines need a token of their own: <Link to="/tokens">Tokens</Link>, For a machine.</>,
  },
  {
    see: '403, "asks for a second factor … has none"',
    means: "The same, and your account has none yet.",
    do: <>Set it up under <Link to="/account">Your account</Link>.</>,
  },
  {
    see: "yarn 1: Couldn't find package",
    means: "It sent no token for reading.",
    do: <>Set always-auth; {info} of the registry has the line for yarn classic.</>,
  },
  {
    see: "404, E404 for a package that exists",
    means: "The name is owned here, or its scope is, so nobody outside is asked; or the registry draws from nothing.",
    do: "Look at the registry's tabs Upstreams and Access: which scopes are yours stands there.",
  },
  {
    see: 'ETARGET, "No matching version found"',
    means: "Every version in that range is withheld here, or there is none.",
    do: "Look the package up under the registry's tab Withheld: it says which policy, why, and until when. Ask for an exception there.",
  },
  {
    see: 'E403, "Could not download … due to policy violations"',
    means: "npm was told that a policy of the registry, or a person, withholds that version, and why: the sentence stands behind it.",
    do: "Open the link in the message. Install another version, or ask for an exception under the registry's tab Withheld.",
  },
  {
    see: '403, "is withheld here"',
    means: "A policy, or a person, withholds that version, and the lockfile names it.",
    do: "Open the link in the message, or the registry's tab Withheld. Ask for an exception there, or install another version.",
  },
  {
    see: "quarantined",
    means: "The version waits for a person: a policy found something, or somebody withheld it by hand.",
    do: "Whoever manages the registry releases or deletes it under Withheld.",
  },
  {
    see: "held, on hold",
    means: "The version is younger than the registry wants; it is served by itself when the time has passed.",
    do: "Wait, install an older one, or ask for an exception under Withheld.",
  },
  {
    see: "EINTEGRITY, \"integrity checksum failed\"",
    means: "The bytes differ from what the lockfile or the cache remembers, most often of a version that was published twice elsewhere.",
    do: "Gatehouse never stores bytes that differ from what their version declares. Find out why they differ; only then clear the client's cache or renew that entry of the lockfile.",
  },
  {
    see: "npm 12: EALLOWREMOTE",
    means: "The lockfile names tarballs at another address.",
    do: "Remove the resolved lines, or install once with this registry configured.",
  },
  {
    see: "409 on publish",
    means: "The version exists with other bytes.",
    do: "Raise the version; versions do not change.",
  },
  {
    see: "429, Too many requests",
    means: "Too many wrong passwords, or too much at once.",
    do: "Wait as long as Retry-After says.",
  },
  {
    see: "502, 504",
    means: "An upstream failed, and nothing is stored.",
    do: "The sentence says which and why; what is cached goes on installing.",
  },
  {
    see: "yarn 4: YN0016 … quarantined, pnpm: minimumReleaseAge",
    means: "The client itself refuses versions younger than a day.",
    do: "It is a setting of the client: npmMinimalAgeGate in .yarnrc.yml, minimumReleaseAge in pnpm-workspace.yaml.",
  },
];

export function Page() {
  useTitle("Troubleshooting");
  const filters = useFilters();
  const words = filters.get("search").toLowerCase().split(/\s+/).filter(Boolean);
  const found = TROUBLES.filter((one) => {
    const text = `${one.see} ${one.means}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <>
      <div className="head">
        <h1>Troubleshooting</h1>
      </div>
      <Checker />
      <h2>What clients say</h2>
      <div className="tools">
        <Search filters={filters} hint="What the client says: 401, ETARGET, quarantined …" />
      </div>
      {found.length === 0 ? (
        <div className="card">
          <Empty title="That is not known here">Search for the number or the word in capitals alone.</Empty>
        </div>
      ) : (
        <div className="card scroll">
          <Table className="what" aria-label="What clients say">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">You see</Table.Th>
                <Table.Th scope="col">It means</Table.Th>
                <Table.Th scope="col">Do</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map((one) => (
                <Table.Tr key={one.see}>
                  <Table.Td className="row-name">{one.see}</Table.Td>
                  <Table.Td>{one.means}</Table.Td>
                  <Table.Td>{one.do}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </>
  );
}
