import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import type { Seen } from "../parts/AsSeen";
import { Refused } from "../parts/States";

/** Gives a workspace another name, if it still has the one that was seen. */
export function Rename(props: {
  seen: Seen<Schemas["NamedWorkspace"]>;
  done: (now: Schemas["NamedWorkspace"]) => unknown;
}) {
  const { value, tag } = props.seen;
  const rename = useMutation({
    mutationFn: (name: string) =>
      result(
        api.PATCH("/workspaces/{workspace}", {
          params: { path: { workspace: value.name }, header: { "If-Match": tag } },
          body: { name },
        }),
      ),
    onSuccess: props.done,
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate(String(new FormData(event.currentTarget).get("name")).trim());
      }}
    >
      {rename.isError && <Refused error={rename.error} />}
      <TextInput
        name="name"
        label="Name"
        description="It stands in the addresses of its registries. The old one goes on answering."
        defaultValue={value.name}
        autoCapitalize="none"
        maxLength={64}
        required
        data-autofocus
      />
      <Button type="submit" loading={rename.isPending}>
        Rename
      </Button>
    </form>
  );
}
