import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, result } from "../api";
import { Refused } from "../parts/States";

const OWN = "";

/** Which licence policy of the workspace a registry follows, or that it has rules of its own. */
export function LicenceChoice(props: { used: string; saving: boolean; use: (name: string) => void }) {
  const list = useQuery({
    queryKey: ["licence-policies"],
    queryFn: () => result(api.GET("/licence-policies", { params: { query: { limit: 200 } } })),
  });
  if (list.isError) {
    return <Refused error={list.error} retry={() => void list.refetch()} />;
  }
  const names = new Set(list.data?.items.map((one) => one.name) ?? []);
  if (props.used !== OWN) {
    names.add(props.used);
  }
  return (
    <div className="tools">
      <Select
        className="choice"
        size="xs"
        label="Licence policy"
        description="It follows when that one changes."
        data={[{ value: OWN, label: "Rules of its own" }, ...[...names].sort().map((name) => ({ value: name, label: name }))]}
        value={props.used}
        allowDeselect={false}
        disabled={props.saving || list.isPending}
        onChange={(name) => name !== null && name !== props.used && props.use(name)}
      />
    </div>
  );
}
