import { MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, result } from "../api";

/** Which registries something is limited to, among those that one may read. */
export function RegistryChoice(props: { value: string[]; onChange: (names: string[]) => void }) {
  const known = useQuery({
    queryKey: ["registries", "names"],
    queryFn: () => result(api.GET("/registries", { params: { query: { limit: 200 } } })),
  });
  return (
    <MultiSelect
      label="Registries"
      description="None chosen: all of the workspace."
      data={(known.data?.items ?? []).map((one) => one.name)}
      value={props.value}
      onChange={props.onChange}
      searchable
    />
  );
}
