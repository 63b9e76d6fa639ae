import { Badge, Button, Checkbox, Modal, Select, Table, TagsInput, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { List, useParts } from "../parts/List";
import { RegistryChoice } from "../parts/RegistryChoice";
import { ShownOnce } from "../parts/ShownOnce";
import { Refused } from "../parts/States";
import { useOnce } from "../parts/useOnce";
import { useTitle } from "../parts/useTitle";
import { queries } from "../queries";

export function Page() {
  useTitle("Tokens");
  const [creating, dialog] = useDisclosure(false);
  const list = useParts(["tokens"], (from) =>
    result(api.GET("/tokens", { params: { query: from } })),
  );
  return (
    <>
      <div className="head">
        <h1>Your tokens</h1>
        <Button className="push" onClick={dialog.open}>
          Create a token
        </Button>
      </div>
      <List
        title="Tokens"
        parts={list}
        empty={{
          title: "You have no token",
          hint: "Clients and scripts show one instead of your password. Logging in by npm makes one too.",
        }}
        head={
          <>
            <Table.Th scope="col">Token</Table.Th>
            <Table.Th scope="col">Last used</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Expires
            </Table.Th>
            <Table.Th scope="col">
              <span className="wide-only">Revoke</span>
            </Table.Th>
          </>
        }
        row={(one) => (
          <Row key={one.key} token={one} />
        )}
      />
      <Modal opened={creating} onClose={dialog.close} title="Create a token">
        <NewToken close={dialog.close} />
      </Modal>
    </>
  );
}

function Row({ token }: { token: Schemas["Token"] }) {
  const revoke = useMutation({
    mutationFn: () =>
      result(api.DELETE("/tokens/{token}", { params: { path: { token: token.key } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["tokens"] }),
  });
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{token.name || "(no name)"}</span>{" "}
        <span className="quiet">{token.shown}</span>
        <div className="chips">
          {token.unattended && (
            <Badge variant="light" color="orange">
              for a machine
            </Badge>
          )}
          {token.readOnly && <Badge variant="light">read-only</Badge>}
          {token.packages.map((one) => (
            <Badge key={one} variant="light" tt="none">
              {one}
            </Badge>
          ))}
          {[...token.registries, ...token.cidrs].map((one) => (
            <Badge key={one} variant="light" color="gray" tt="none">
              {one}
            </Badge>
          ))}
        </div>
        {revoke.isError && <Refused error={revoke.error} />}
      </Table.Td>
      <Table.Td>
        <Ago at={token.lastUsed} />
      </Table.Td>
      <Table.Td className="wide-only">
        <Ago at={token.expires} />
      </Table.Td>
      <Table.Td>
        <Button
          size="xs"
          variant="light"
          color="red"
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
          aria-label={`Revoke ${token.name || token.shown}`}
        >
          Revoke
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

const LIFETIMES = [
  { value: "", label: "Never" },
  { value: "7", label: "In a week" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
];

function NewToken({ close }: { close: () => void }) {
  const [name, setName] = useState("");
  const [registries, setRegistries] = useState<string[]>([]);
  const [packages, setPackages] = useState<string[]>([]);
  const [cidrs, setCidrs] = useState<string[]>([]);
  const [readOnly, setReadOnly] = useState(false);
  const [days, setDays] = useState("90");
  const [unattended, setUnattended] = useState(false);
  const [code, setCode] = useState("");
  const [opened] = useState(() => Date.now());
  const once = useOnce();
  const create = useMutation({
    mutationFn: () => {
      const body = {
        name: name.trim(),
        readOnly,
        registries,
        packages: readOnly ? [] : packages,
        cidrs,
        ...(unattended ? { unattended, code } : {}),
        ...(days ? { expires: new Date(opened + Number(days) * 86_400_000).toISOString() } : {}),
      };
      return result(api.POST("/tokens", { params: { header: once.header(body) }, body }));
    },
    onSuccess: () => {
      once.done();
      return queries.invalidateQueries({ queryKey: ["tokens"] });
    },
  });
  if (create.data) {
    return (
      <ShownOnce label="The new token" text={create.data.text} close={close}>
        It is shown this once and stored nowhere.
      </ShownOnce>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {create.isError && <Refused error={create.error} />}
      <TextInput
        label="Name"
        description="What it is for, so that you know later."
        maxLength={128}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <RegistryChoice value={registries} onChange={setRegistries} />
      {!readOnly && (
        <TagsInput
          label="Packages"
          description="It changes these alone, and nothing else: names, or a scope as @acme/*. Empty: all."
          acceptValueOnBlur
          splitChars={[",", " "]}
          value={packages}
          onChange={setPackages}
        />
      )}
      <TagsInput
        label="Addresses"
        description="It works from these alone: 10.1.0.0/16. Empty: from everywhere."
        acceptValueOnBlur
        splitChars={[",", " "]}
        value={cidrs}
        onChange={setCidrs}
      />
      <Checkbox
        label="Read-only"
        description="It installs and cannot publish."
        checked={readOnly}
        onChange={(event) => setReadOnly(event.currentTarget.checked)}
      />
      <Checkbox
        label="For a machine"
        description="Where a registry asks for a second factor to publish, this token needs none."
        checked={unattended}
        onChange={(event) => setUnattended(event.currentTarget.checked)}
      />
      {unattended && (
        <TextInput
          label="A code of your second factor"
          description="What your app shows now, or a recovery code."
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Select
        label="Expires"
        data={LIFETIMES}
        value={days}
        onChange={(value) => setDays(value ?? "")}
        allowDeselect={false}
      />
      <Button type="submit" loading={create.isPending}>
        Create
      </Button>
    </form>
  );
}
