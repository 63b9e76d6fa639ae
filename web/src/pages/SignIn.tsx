import { Button, PasswordInput, TextInput, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate, useSearchParams } from "react-router";
import { api, result } from "../api";
import { ownPath } from "../parts/safely";
import { Refused } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { signedInAs, useMe } from "../queries";

export function SignIn() {
  useTitle("Sign in");
  const [params] = useSearchParams();
  const [workspace, setWorkspace] = useState(params.get("workspace"));
  const me = useMe();
  const signIn = useMutation({
    mutationFn: (form: FormData) =>
      result(
        api.POST("/session", {
          body: {
            name: String(form.get("name")).trim(),
            password: String(form.get("password")),
            ...(workspace ? { workspace } : {}),
          },
        }),
      ),
    onSuccess: signedInAs,
  });
  if (me.data) {
    return <Navigate to={ownPath(params.get("to"))} replace />;
  }
  return (
    <main className="sign-in">
      <div className="card padded">
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate(new FormData(event.currentTarget));
          }}
        >
          <div className="brand">
            <img src="/favicon.svg" width="28" height="28" alt="" />
            <h1 className="sign-in-title">Sign in to Gatehouse</h1>
          </div>
          {signIn.isError && <Refused error={signIn.error} />}
          <TextInput name="name" label="User name" autoComplete="username" required autoFocus defaultValue={params.get("name") ?? ""} />
          <PasswordInput name="password" label="Password" autoComplete="current-password" required />
          {workspace === null ? (
            <UnstyledButton className="quiet" onClick={() => setWorkspace("")}>
              Your account is in another workspace than the default one?
            </UnstyledButton>
          ) : (
            <TextInput
              label="Workspace"
              description="Empty: the default one."
              value={workspace}
              onChange={(event) => setWorkspace(event.currentTarget.value)}
            />
          )}
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
        </form>
      </div>
    </main>
  );
}
