import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result } from "../api";
import { Refused } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { Proof, useProof } from "../account/Proof";
import { SecondFactor } from "../account/SecondFactor";
import { queries, useMe } from "../queries";
import { OwnProvider } from "../signin/OwnProvider";
import { useOwnProvider } from "../signin/useProvider";

function Mail() {
  const me = useMe();
  const proof = useProof();
  const own = useOwnProvider();
  const change = useMutation({
    mutationFn: (form: FormData) => {
      const current = form.get("current");
      const email = String(form.get("email")).trim();
      return result(api.PUT("/me/email", { body: current === null ? { email } : { current: String(current), email } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["me"] }),
  });
  return (
    <section className="card padded stack">
      <h2>Your mail address</h2>
      <p className="quiet">
        {own.data?.provided
          ? "Where this server writes to you, should it send mail."
          : "Where a link to a new password goes, should you forget yours and the server send mail."}
      </p>
      {change.isError && <Refused error={change.error} />}
      {change.isSuccess && <Alert color="green" title="Your mail address is changed" role="status" />}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(new FormData(event.currentTarget));
        }}
      >
        <TextInput
          name="email"
          label="Mail address"
          type="email"
          autoComplete="email"
          defaultValue={me.data?.email}
        />
        <Proof name="current" label="Your password" />
        <div>
          <Button type="submit" loading={change.isPending} disabled={proof === "provider"}>
            Save it
          </Button>
        </div>
      </form>
    </section>
  );
}

function Password() {
  const own = useOwnProvider();
  const change = useMutation({
    mutationFn: (form: FormData) =>
      result(
        api.PUT("/me/password", {
          body: { current: String(form.get("current")), password: String(form.get("password")) },
        }),
      ),
  });
  if (own.isPending) {
    return null;
  }
  if (own.data?.provided) {
    return (
      <section className="card padded stack">
        <h2>Your password</h2>
        <p className="quiet">Your account has none: you sign in with {own.data.name}.</p>
      </section>
    );
  }
  return (
    <section className="card padded stack">
      <h2>Change your password</h2>
      {change.isError && <Refused error={change.error} />}
      {change.isSuccess && (
        <Alert color="green" title="Your password is changed" role="status">
          Your other browsers are signed out. Tokens go on working.
        </Alert>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          change.mutate(new FormData(form), { onSuccess: () => form.reset() });
        }}
      >
        <PasswordInput name="current" label="Current password" autoComplete="current-password" required />
        <PasswordInput
          name="password"
          label="New password"
          description="At least eight characters."
          autoComplete="new-password"
          minLength={8}
          required
        />
        <div>
          <Button type="submit" loading={change.isPending}>
            Change it
          </Button>
        </div>
      </form>
    </section>
  );
}

export function Page() {
  useTitle("Your account");
  const me = useMe();
  return (
    <>
      <div className="head">
        <h1>Your account</h1>
      </div>
      <section className="card padded stack">
        <div>
          <b>{me.data?.name}</b>, {me.data?.role} in the workspace <b>{me.data?.workspace}</b>
          {me.data?.email ? `, ${me.data.email}` : ""}
        </div>
      </section>
      <OwnProvider />
      <SecondFactor />
      <Mail />
      <Password />
    </>
  );
}
