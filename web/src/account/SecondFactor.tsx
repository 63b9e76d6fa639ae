import { Alert, Badge, Button, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api, result } from "../api";
import { Refused, Waiting } from "../parts/States";
import { factorChanged, Recovery } from "./Recovery";
import { SetUp } from "./SetUp";

/** Codes of an authenticator app, asked for at sign-in. */
export function SecondFactor() {
  const [open, dialog] = useDisclosure(false);
  const standing = useQuery({
    queryKey: ["second-factor"],
    queryFn: () => result(api.GET("/me/second-factor")),
  });
  return (
    <section className="card padded stack">
      <div className="chips">
        <h2>Second factor</h2>
        {standing.data?.on && (
          <Badge variant="light" color="green">
            on
          </Badge>
        )}
      </div>
      {standing.isPending && <Waiting what="your second factor" />}
      {standing.isError && <Refused error={standing.error} />}
      {standing.data?.required && !standing.data.on && (
        <Alert color="orange" title="Your workspace wants a second factor of everybody" role="alert">
          Set yours up; everything else waits for that.
        </Alert>
      )}
      {standing.data && !standing.data.on && (
        <>
          <p className="quiet">
            With it, your password alone lets nobody in: signing in asks for the code that an
            authenticator app on your telephone shows.
          </p>
          <div>
            <Button onClick={dialog.open}>Set it up</Button>
          </div>
        </>
      )}
      {standing.data?.on && <On required={standing.data.required} left={standing.data.recoveryCodes} />}
      <Modal opened={open} onClose={dialog.close} title="Set up your second factor">
        <SetUp close={dialog.close} />
      </Modal>
    </section>
  );
}

function On({ required, left }: { required: boolean; left: number }) {
  const redraw = useMutation({
    mutationFn: (code: string) => result(api.POST("/me/second-factor/recovery-codes", { body: { code } })),
    onSuccess: factorChanged,
  });
  const end = useMutation({
    mutationFn: (code: string) => result(api.POST("/me/second-factor/end", { body: { code } })),
    onSuccess: factorChanged,
  });
  if (redraw.data) {
    return <Recovery codes={redraw.data.recoveryCodes} close={redraw.reset} />;
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const code = String(new FormData(event.currentTarget).get("code"));
        const button = (event.nativeEvent as SubmitEvent).submitter;
        (button?.getAttribute("name") === "end" ? end : redraw).mutate(code);
      }}
    >
      <p className="quiet">
        {left} of 10 recovery codes are left; each works once in place of a code.
        {required ? " Your workspace wants a second factor of everybody." : ""}
      </p>
      {redraw.isError && <Refused error={redraw.error} />}
      {end.isError && <Refused error={end.error} />}
      <TextInput
        name="code"
        label="A code"
        description="What your app shows now, or a recovery code."
        autoComplete="one-time-code"
        required
      />
      <div className="tools">
        <Button type="submit" variant="default" loading={redraw.isPending}>
          Draw new recovery codes
        </Button>
        {!required && (
          <Button type="submit" name="end" variant="light" color="red" loading={end.isPending}>
            Switch it off
          </Button>
        )}
      </div>
    </form>
  );
}
