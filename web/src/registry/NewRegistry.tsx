import { Button, Checkbox, Modal, Radio, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, result } from "../api";
import { useOnce } from "../parts/useOnce";
import { Refused } from "../parts/States";
import { registryChanged } from "../queries";

/** The dialog that makes a registry, and leads to it. */
export function NewRegistry({ opened, close }: { opened: boolean; close: () => void }) {
  const navigate = useNavigate();
  const [kind, setKind] = useState<"standard" | "firewall">("standard");
  const [fromPublic, setFromPublic] = useState(false);
  const once = useOnce();
  const create = useMutation({
    mutationFn: (name: string) => {
      const body = { name, kind, upstreams: fromPublic ? ["public"] : [] };
      return result(api.POST("/registries", { params: { header: once.header(body) }, body }));
    },
    onSuccess: async (made) => {
      once.done();
      await registryChanged();
      close();
      await navigate(`/registries/${made.name}`);
    },
  });
  return (
    <Modal opened={opened} onClose={close} title="Create a registry">
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
          description="Small letters, digits, dots, dashes and underscores. It is part of the address."
          required
          maxLength={64}
          data-autofocus
        />
        <Radio.Group
          label="Kind"
          value={kind}
          onChange={(value) => setKind(value === "firewall" ? "firewall" : "standard")}
        >
          <div className="stack">
            <Radio
              value="standard"
              label="Standard"
              description="Every policy is off until you set it."
            />
            <Radio
              value="firewall"
              label="Firewall"
              description="Malware is blocked and critical vulnerabilities are quarantined from the start."
            />
          </div>
        </Radio.Group>
        <Checkbox
          label="Draw from the public registry"
          description="You can add and order upstreams later."
          checked={fromPublic}
          onChange={(event) => setFromPublic(event.currentTarget.checked)}
        />
        <Button type="submit" loading={create.isPending}>
          Create
        </Button>
      </form>
    </Modal>
  );
}
