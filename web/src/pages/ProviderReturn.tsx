import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { api, Refusal, result, type Schemas } from "../api";
import { Outside } from "../parts/Outside";
import { ownPath } from "../parts/safely";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { enter, queries } from "../queries";

/** What the provider has sent the browser back with; it does not stay in the address. */
function brought(): Schemas["ProviderAnswer"] {
  const params = new URLSearchParams(window.location.search);
  const part = (param: string, member: "code" | "issuer" | "error") => {
    const value = params.get(param);
    return value === null ? {} : { [member]: value };
  };
  return {
    state: params.get("state") ?? "",
    ...part("code", "code"),
    ...part("iss", "issuer"),
    ...part("error", "error"),
  };
}

/** Where a provider sends people back to. */
export function Page() {
  useTitle("Signing in");
  const [answer] = useState(brought);
  const navigate = useNavigate();
  const arrive = useMutation({
    mutationFn: (body: Schemas["ProviderAnswer"]) => result(api.POST("/sign-in/provider/answer", { body })),
    onSuccess: (arrived) => {
      void queries.invalidateQueries({ queryKey: ["own-provider"] });
      enter(arrived.me, ownPath(arrived.to), (path) => void navigate(path, { replace: true }));
    },
  });
  const { mutate } = arrive;
  useEffect(() => {
    window.history.replaceState(window.history.state, "", window.location.pathname);
    mutate(answer);
  }, [answer, mutate]);
  const asked =
    (arrive.error instanceof Refusal && arrive.error.code === "second-factor-needed") ||
    arrive.variables?.otp !== undefined;
  if (asked) {
    return (
      <Outside title="One-time password">
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            const otp = String(new FormData(event.currentTarget).get("otp")).trim();
            mutate({ state: answer.state, otp });
          }}
        >
          {arrive.isError && arrive.variables?.otp !== undefined && <Refused error={arrive.error} />}
          <TextInput
            name="otp"
            label="One-time password"
            description="The code that your authenticator app shows, or a recovery code."
            autoComplete="one-time-code"
            required
            autoFocus
          />
          <Button type="submit" loading={arrive.isPending}>
            Sign in
          </Button>
        </form>
      </Outside>
    );
  }
  return (
    <Outside title="Signing in">
      {arrive.isError ? (
        <>
          <Refused error={arrive.error} />
          <Link to="/sign-in">Back to signing in</Link>
        </>
      ) : (
        <Waiting what="who you are" />
      )}
    </Outside>
  );
}
