import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import { ShownOnce } from "../parts/ShownOnce";
import { Refused } from "../parts/States";
import { useOnce } from "../parts/useOnce";

/** Makes a workspace, and shows the link that makes its first owner. */
export function NewWorkspace({ made, close }: { made: () => unknown; close: () => void }) {
  const once = useOnce();
  const create = useMutation({
    mutationFn: (name: string) => {
      const body = { name };
      return result(api.POST("/workspaces", { params: { header: once.header(body) }, body }));
    },
    onSuccess: () => {
      once.done();
      return made();
    },
  });
  if (create.data) {
    return <OwnerLink link={create.data} close={close} />;
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(String(new FormData(event.currentTarget).get("name")).trim());
      }}
    >
      {create.isError && <Refused error={create.error} />}
      <TextInput
        name="name"
        label="Name"
        description="Small letters, digits, dots, dashes and underscores: it stands in the addresses of its registries."
        autoCapitalize="none"
        maxLength={64}
        required
        data-autofocus
      />
      <p className="quiet">
        It has people, tokens, registries and an audit log of its own, and a registry <code>default</code> from the
        start.
      </p>
      <Button type="submit" loading={create.isPending}>
        Make the workspace
      </Button>
    </form>
  );
}

/** What to hand to whoever is to own a workspace. */
export function OwnerLink({ link, close }: { link: Schemas["OwnerLink"]; close: () => void }) {
  return (
    <ShownOnce label={`The link to own ${link.workspace}`} text={link.link} close={close}>
      Open it yourself, or hand it to whoever is to own <b>{link.workspace}</b>, and to nobody else. It works for seven
      days, once, and is not shown again.
    </ShownOnce>
  );
}
