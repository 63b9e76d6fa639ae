import { useMutation, useQuery } from "@tanstack/react-query";
import { api, result, tagged, type Schemas } from "../api";
import { queries } from "../queries";

/** How people come into the workspace, with the tag to change it by. */
export function useSettings(wanted: boolean) {
  return useQuery({
    queryKey: ["workspace-settings"],
    queryFn: () => tagged(api.GET("/workspace/settings")),
    enabled: wanted,
  });
}

/** Changes that, if it still is as `tag` says. */
export function useSettingsChange(tag: string | undefined) {
  return useMutation({
    mutationFn: (body: Schemas["WorkspaceSettingsChange"]) =>
      result(api.PATCH("/workspace/settings", { params: { header: { "If-Match": tag ?? "" } }, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["workspace-settings"] }),
  });
}
