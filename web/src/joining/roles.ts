import type { Schemas } from "../api";

export type Role = Schemas["User"]["role"];

const ROLES: { value: Role; label: string }[] = [
  { value: "read-only", label: "Read-only: installs" },
  { value: "developer", label: "Developer: installs and publishes" },
  { value: "admin", label: "Admin: manages registries and people" },
  { value: "owner", label: "Owner: everything" },
];

/** The roles that somebody with these rights may give. */
export function rolesToGive(rights: readonly string[]) {
  return rights.includes("manage-owners") ? ROLES : ROLES.slice(0, 3);
}
