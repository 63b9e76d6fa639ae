import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Empty, Refused, Waiting } from "../parts/States";
import { queries, useMe } from "../queries";
import { PolicyForm } from "./PolicyForm";

const changed = () => queries.invalidateQueries({ queryKey: ["licence-policies"] });

/** Sets of licence rules that registries refer to. */
export function Policies() {
  const me = useMe();
  const [opened, dialog] = useDisclosure(false);
  const [editing, setEditing] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ["licence-policies"],
    queryFn: () => result(api.GET("/licence-policies", { params: { query: { limit: 200 } } })),
  });
  const mayManage = me.data?.rights.includes("manage-registries") ?? false;
  const edit = (name: string | null) => {
    setEditing(name);
    dialog.open();
  };
  return (
    <section className="card" aria-label="Licence policies">
      <div className="between card-head">
        <h2>Licence policies</h2>
        {mayManage && (
          <Button size="xs" onClick={() => edit(null)}>
            Write a policy
          </Button>
        )}
      </div>
      <p className="quiet card-text">
        A registry follows one by its name: choose it among its policies, under Licences.
      </p>
      {list.isPending && <Waiting what="the licence policies" />}
      {list.isError && <Refused error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <Empty title="There is none yet">Each registry has the rules that stand in its own settings.</Empty>
      )}
      {(list.data?.items.length ?? 0) > 0 && (
        <ul className="list">
          {list.data?.items.map((one) => (
            <li key={one.name}>
              <Row policy={one} edit={mayManage ? () => edit(one.name) : null} />
            </li>
          ))}
        </ul>
      )}
      <Modal
        opened={opened}
        onClose={dialog.close}
        size="lg"
        title={editing === null ? "Write a licence policy" : `Licence policy ${editing}`}
      >
        <PolicyForm
          key={editing}
          name={editing}
          done={async () => {
            dialog.close();
            await changed();
          }}
        />
      </Modal>
    </section>
  );
}

function Row({ policy, edit }: { policy: Schemas["LicencePolicy"]; edit: (() => void) | null }) {
  const remove = useMutation({
    mutationFn: () =>
      result(api.DELETE("/licence-policies/{licences}", { params: { path: { licences: policy.name } } })),
    onSettled: changed,
  });
  return (
    <div className="stack">
      <div className="between">
        <div>
          <span className="row-name">{policy.name}</span>
          <div className="quiet">
            {policy.usedBy.length === 0 ? "Nobody uses it. " : "Used by "}
            {policy.usedBy.map((one, index) => (
              <span key={one}>
                {index > 0 && ", "}
                <User words={one} />
              </span>
            ))}
            {policy.usedBy.length > 0 && ". "}
            Set by {policy.changedBy} <Ago at={policy.changed} />.
          </div>
        </div>
        {edit && (
          <div className="chips">
            <Button size="xs" variant="default" onClick={edit} aria-label={`Edit ${policy.name}`}>
              Edit
            </Button>
            <Button
              size="xs"
              variant="light"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate()}
              aria-label={`Delete ${policy.name}`}
            >
              Delete
            </Button>
          </div>
        )}
      </div>
      {remove.isError && <Refused error={remove.error} />}
    </div>
  );
}

/** Who uses a policy: a registry is led to. */
function User({ words }: { words: string }) {
  const registry = words.match(/^registry "(.+)"$/)?.[1];
  return registry ? <Link to={`/registries/${registry}/policies`}>{registry}</Link> : <>{words}</>;
}
