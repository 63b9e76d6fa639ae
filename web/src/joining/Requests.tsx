import { Button, Modal, Select, Switch, Table } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { queries } from "../queries";
import { Invited, invitationsChanged } from "./Invite";
import { useRolesToGive } from "./roles";
import { useSettings, useSettingsChange } from "./settings";
import { addressIn, shownWorkspace } from "../workspace";

const requestsChanged = () => queries.invalidateQueries({ queryKey: ["join-requests"] });

/** Whether strangers may ask to join, and those who have. */
export function Requests({ rights }: { rights: readonly string[] }) {
  const settings = useSettings(true);
  const change = useSettingsChange(settings.data?.tag);
  const list = useParts(["join-requests"], (from) =>
    result(api.GET("/join-requests", { params: { query: from } })),
  );
  const asked = list.data?.pages[0]?.total ?? 0;
  return (
    <>
      <h2 className="part">How people come in</h2>
      {settings.isError && <Refused error={settings.error} />}
      {change.isError && <Refused error={change.error} />}
      <div className="tools">
        <Switch
          label="Strangers may ask to join"
          description={
            settings.data?.value.joining
              ? `At ${location.origin}${addressIn(shownWorkspace() ?? "default", "/join")}. Nobody comes in before somebody here agrees.`
              : "Off: people come in by invitation alone."
          }
          checked={settings.data?.value.joining ?? false}
          disabled={!settings.data || change.isPending}
          onChange={(event) => change.mutate({ joining: event.currentTarget.checked })}
        />
      </div>
      {(asked > 0 || list.isError) && (
        <List
          title="Who asks to join"
          parts={list}
          empty={{ title: "Nobody asks" }}
          head={
            <>
              <Table.Th scope="col">Who</Table.Th>
              <Table.Th scope="col" className="wide-only">
                From
              </Table.Th>
              <Table.Th scope="col">Asked</Table.Th>
              <Table.Th scope="col">Answer</Table.Th>
            </>
          }
          row={(one) => <Row key={one.id} request={one} rights={rights} />}
        />
      )}
    </>
  );
}

function Row({ request, rights }: { request: Schemas["JoinRequest"]; rights: readonly string[] }) {
  const [answering, setAnswering] = useState(false);
  const [role, setRole] = useState("developer");
  const roles = useRolesToGive(rights);
  const path = { params: { path: { request: String(request.id) } } };
  const refuse = useMutation({
    mutationFn: () => result(api.DELETE("/join-requests/{request}", path)),
    onSettled: requestsChanged,
  });
  const approve = useMutation({
    mutationFn: () => result(api.POST("/join-requests/{request}", { ...path, body: { role } })),
    onSuccess: invitationsChanged,
  });
  const close = () => {
    setAnswering(false);
    void requestsChanged();
  };
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{request.email}</span>
        <div className="words quiet">{request.message}</div>
        {refuse.isError && <Refused error={refuse.error} />}
      </Table.Td>
      <Table.Td className="wide-only quiet">{request.address}</Table.Td>
      <Table.Td>
        <Ago at={request.created} />
      </Table.Td>
      <Table.Td>
        <div className="chips">
          <Button size="xs" onClick={() => setAnswering(true)} aria-label={`Invite ${request.email}`}>
            Invite
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={refuse.isPending}
            onClick={() => refuse.mutate()}
            aria-label={`Refuse ${request.email}`}
          >
            Refuse
          </Button>
        </div>
        <Modal opened={answering} onClose={close} title={`Invite ${request.email}`}>
          {approve.data ? (
            <Invited link={approve.data.link} email={request.email} close={close} />
          ) : (
            <div className="stack">
              {approve.isError && <Refused error={approve.error} />}
              <Select
                label="Role"
                data={roles}
                value={role}
                onChange={(value) => setRole(value ?? "developer")}
                allowDeselect={false}
              />
              <Button loading={approve.isPending} onClick={() => approve.mutate()}>
                Send the invitation
              </Button>
            </div>
          )}
        </Modal>
      </Table.Td>
    </Table.Tr>
  );
}
