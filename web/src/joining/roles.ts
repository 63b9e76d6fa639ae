import { useQuery } from "@tanstack/react-query";
import { api, result } from "../api";

const ROLES: { value: string; label: string }[] = [
  { value: "read-only", label: "Read-only: installs" },
  { value: "developer", label: "Developer: installs and publishes" },
  { value: "admin", label: "Admin: manages registries and people" },
  { value: "owner", label: "Owner: everything" },
];

/** The built-in roles that somebody with these rights may give. */
function rolesToGive(rights: readonly string[]) {
  return ROLES.filter((one) => {
    switch (one.value) {
      case "owner":
        return rights.includes("manage-owners");
      case "admin":
        return rights.includes("manage-registries") && rights.includes("unpublish-any") && rights.includes("decide");
      case "developer":
        return rights.includes("publish") && rights.includes("unpublish-own") && rights.includes("decide");
      default:
        return true;
    }
  });
}

/** All roles, those that owners have made among them. */
export function useRoles() {
  return useQuery({ queryKey: ["roles"], queryFn: () => result(api.GET("/roles")) });
}

/** The roles that somebody with these rights may give, those that owners have made among them. */
export function useRolesToGive(rights: readonly string[]) {
  const all = useRoles();
  const own = (all.data?.items ?? []).filter(
    (one) => !one.builtIn && one.rights.every((right) => rights.includes(right)),
  );
  return [...rolesToGive(rights), ...own.map((one) => ({ value: one.name, label: one.name }))];
}
