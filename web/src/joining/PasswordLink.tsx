import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result } from "../api";
import { Refused } from "../parts/States";
import { ShownOnce } from "../parts/ShownOnce";

/** Makes a link by which somebody sets a new password. */
export function PasswordLink({ user, close }: { user: string; close: () => void }) {
  const make = useMutation({
    mutationFn: () =>
      result(api.POST("/users/{user}/password-link", { params: { path: { user } }, body: {} })),
  });
  if (make.data) {
    return (
      <ShownOnce label="The link to a new password" text={make.data.link} close={close}>
        Hand it to {user} and to nobody else: whoever has it sets the password. It works for an hour,
        once, and is not shown again.
      </ShownOnce>
    );
  }
  return (
    <div className="stack">
      {make.isError && <Refused error={make.error} />}
      <p>
        With the link, {user} chooses a new password. The old one works until then; browsers are
        signed out, tokens go on working.
      </p>
      <Button loading={make.isPending} onClick={() => make.mutate()}>
        Make the link
      </Button>
    </div>
  );
}
