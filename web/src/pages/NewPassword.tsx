import { Alert, Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useState } from "react";
import { api, result, type Schemas } from "../api";
import { Outside } from "../parts/Outside";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { signedInAs } from "../queries";

/** Whoever has the link sets the new password of its account. */
export function Page() {
  useTitle("A new password");
  const { secret = "" } = useParams();
  const path = { params: { path: { secret } } };
  const [done, setDone] = useState<Schemas["PasswordLinkOwner"] | null>(null);
  const owner = useQuery({
    queryKey: ["password-link", secret],
    queryFn: () => result(api.GET("/password-links/{secret}", path)),
    enabled: done === null,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const set = useMutation({
    mutationFn: (form: FormData) =>
      result(
        api.POST("/password-links/{secret}", { ...path, body: { password: String(form.get("password")) } }),
      ),
    onSuccess: () => {
      setDone(owner.data ?? null);
      signedInAs(null);
    },
  });
  return (
    <Outside title="A new password">
      {done === null && owner.isPending && <Waiting what="the link" />}
      {done === null && owner.isError && <Refused error={owner.error} />}
      {done !== null && (
        <Alert color="green" title="Your password is changed" role="status">
          <p>All browsers are signed out. Tokens go on working.</p>
          <Link to={`/sign-in?${new URLSearchParams({ ...done })}`}>Sign in</Link>
        </Alert>
      )}
      {done === null && owner.data && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            set.mutate(new FormData(event.currentTarget));
          }}
        >
          <div>
            For <b>{owner.data.name}</b> in the workspace <b>{owner.data.workspace}</b>.
          </div>
          {set.isError && <Refused error={set.error} />}
          <PasswordInput
            name="password"
            label="New password"
            description="At least eight characters."
            autoComplete="new-password"
            minLength={8}
            maxLength={256}
            required
            autoFocus
          />
          <Button type="submit" loading={set.isPending}>
            Set it
          </Button>
        </form>
      )}
    </Outside>
  );
}
