import { Button, Table } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { invitationsChanged } from "./Invite";

/** Who was invited and has not come yet. */
export function Invitations() {
  const list = useParts(["invitations"], (from) =>
    result(api.GET("/invitations", { params: { query: from } })),
  );
  if (list.isSuccess && list.data.pages[0]?.total === 0) {
    return null;
  }
  return (
    <>
      <h2 className="part">Invited</h2>
      <List
        title="Invitations"
        parts={list}
        empty={{ title: "Nobody is invited" }}
        head={
          <>
            <Table.Th scope="col">To</Table.Th>
            <Table.Th scope="col">Role</Table.Th>
            <Table.Th scope="col" className="wide-only">
              By
            </Table.Th>
            <Table.Th scope="col">Ends</Table.Th>
            <Table.Th scope="col">Change</Table.Th>
          </>
        }
        row={(one) => <Row key={one.id} invitation={one} />}
      />
    </>
  );
}

function Row({ invitation }: { invitation: Schemas["Invitation"] }) {
  const revoke = useMutation({
    mutationFn: () =>
      result(
        api.DELETE("/invitations/{invitation}", { params: { path: { invitation: String(invitation.id) } } }),
      ),
    onSettled: invitationsChanged,
  });
  const whom = invitation.email || "whoever has the link";
  return (
    <Table.Tr>
      <Table.Td>
        {whom}
        {revoke.isError && <Refused error={revoke.error} />}
      </Table.Td>
      <Table.Td>{invitation.role}</Table.Td>
      <Table.Td className="wide-only quiet">{invitation.by}</Table.Td>
      <Table.Td>
        <Ago at={invitation.expires} />
      </Table.Td>
      <Table.Td>
        <Button
          size="xs"
          variant="light"
          color="red"
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
          aria-label={`Take back the invitation to ${whom}, ${invitation.role}`}
        >
          Take back
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
