import { Alert, Button, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, result } from "../api";
import { Refused } from "../parts/States";
import { ShownOnce } from "../parts/ShownOnce";
import { useOnce } from "../parts/useOnce";
import { queries } from "../queries";
import { useRolesToGive } from "./roles";

export const invitationsChanged = () => queries.invalidateQueries({ queryKey: ["invitations"] });

/** Invites somebody: by mail where the server sends any, else by a link that is shown once. */
export function Invite(props: { rights: readonly string[]; mail: boolean; close: () => void }) {
  const [role, setRole] = useState("developer");
  const roles = useRolesToGive(props.rights);
  const once = useOnce();
  const invite = useMutation({
    mutationFn: (form: FormData) => {
      const email = String(form.get("email") ?? "").trim();
      const body = { role, ...(email ? { email } : {}) };
      return result(api.POST("/invitations", { params: { header: once.header(body) }, body }));
    },
    onSuccess: () => {
      once.done();
      return invitationsChanged();
    },
  });
  if (invite.data) {
    return <Invited link={invite.data.link} email={invite.data.invitation.email} close={props.close} />;
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate(new FormData(event.currentTarget));
      }}
    >
      {invite.isError && <Refused error={invite.error} />}
      <Select
        label="Role"
        data={roles}
        value={role}
        onChange={(value) => setRole(value ?? "developer")}
        allowDeselect={false}
      />
      {props.mail && (
        <TextInput
          name="email"
          label="Mail address"
          description="Empty: you get a link to hand over."
          type="email"
          data-autofocus
        />
      )}
      <p className="quiet">They choose their name and password themselves, within five days.</p>
      <Button type="submit" loading={invite.isPending}>
        Invite
      </Button>
    </form>
  );
}

/** What was made: a link to hand over, or word of a mail. */
export function Invited(props: { link: string | null; email: string; close: () => void }) {
  return props.link === null ? (
    <div className="stack">
      <Alert color="green" title="The invitation is on its way" role="status">
        A link was sent to {props.email}. It works for five days, once.
      </Alert>
      <Button onClick={props.close}>Done</Button>
    </div>
  ) : (
    <ShownOnce label="The link of the invitation" text={props.link} close={props.close}>
      Hand it to whom you invite{props.email ? ` (${props.email})` : ""}, and to nobody else. It works for five days,
      once, and is not shown again.
    </ShownOnce>
  );
}
