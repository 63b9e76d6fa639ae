import { Button, PasswordInput, TextInput, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { api, Refusal, result } from "../api";
import { Outside } from "../parts/Outside";
import { ownPath } from "../parts/safely";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { ProviderButton } from "../signin/ProviderButton";
import { enter, useMe, useSignInOptions } from "../queries";
import { addressed, addressIn, isAddressOf } from "../workspace";

export function SignIn() {
  useTitle("Sign in");
  const [params] = useSearchParams();
  const [named, setNamed] = useState(params.get("workspace") ?? addressed ?? (params.has("further") ? "" : null));
  const options = useSignInOptions(named ?? "");
  // At a workspace's own address there is no other.
  const own = options.data?.workspace ?? null;
  const workspace = own ? "" : named;
  const [done, setDone] = useState(false);
  const [asked, setAsked] = useState(false);
  const me = useMe();
  const signIn = useMutation({
    mutationFn: (form: FormData) =>
      result(
        api.POST("/session", {
          body: {
            name: String(form.get("name")).trim(),
            password: String(form.get("password")),
            ...(form.get("otp") ? { otp: String(form.get("otp")).trim() } : {}),
            ...(workspace ? { workspace } : {}),
          },
        }),
      ),
    onSuccess: (entered) => enter(entered, ownPath(params.get("to")), () => setDone(true)),
    onError: (error) => {
      if (error instanceof Refusal && error.code === "second-factor-needed") {
        setAsked(true);
      }
    },
  });
  const where = workspace ? `?workspace=${encodeURIComponent(workspace)}` : "";
  // To sign in to one more workspace, one stays here while one is signed in to another.
  if (me.data && (done || !params.has("further"))) {
    if (!isAddressOf(me.data.workspace)) {
      window.location.replace(addressIn(me.data.workspace, ownPath(params.get("to"))));
      return <Waiting what="Gatehouse" />;
    }
    return <Navigate to={ownPath(params.get("to"))} replace />;
  }
  return (
    <Outside title="Sign in to Gatehouse">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(new FormData(event.currentTarget));
        }}
      >
        {signIn.isError && <Refused error={signIn.error} />}
        <TextInput name="name" label="User name" autoComplete="username" required autoFocus defaultValue={params.get("name") ?? ""} />
        <PasswordInput name="password" label="Password" autoComplete="current-password" required />
        {asked && (
          <TextInput
            name="otp"
            label="One-time password"
            description="The code that your authenticator app shows, or a recovery code."
            autoComplete="one-time-code"
            required
            autoFocus
          />
        )}
        {own ? (
          <p className="quiet">
            This is the address of the workspace <b>{own}</b>.
          </p>
        ) : (
          <Elsewhere workspace={workspace} choose={setNamed} />
        )}
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
      </form>
      <ProviderButton workspace={workspace ?? ""} to={params.get("to")} />
      <div className="between quiet">
        <Link to={`/forgotten${where}`}>Forgotten your password?</Link>
        {options.data?.joining && <Link to={`/join${where}`}>Ask to join</Link>}
      </div>
    </Outside>
  );
}

function Elsewhere({ workspace, choose }: { workspace: string | null; choose: (workspace: string) => void }) {
  if (workspace === null) {
    return (
      <UnstyledButton className="quiet" onClick={() => choose("")}>
        Your account is in another workspace than the default one?
      </UnstyledButton>
    );
  }
  return (
    <TextInput
      label="Workspace"
      description="Empty: the default one."
      value={workspace}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
