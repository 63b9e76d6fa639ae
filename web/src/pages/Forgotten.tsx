import { Alert, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { api, result } from "../api";
import { Outside } from "../parts/Outside";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { useSignInOptions } from "../queries";
import { addressed } from "../workspace";

/** A link to a new password, by mail where the server sends any. */
export function Page() {
  useTitle("Forgotten password");
  const [params] = useSearchParams();
  const workspace = params.get("workspace") ?? addressed ?? "";
  const options = useSignInOptions(workspace);
  return (
    <Outside title="Forgotten password">
      {options.isPending && <Waiting what="what there is" />}
      {options.isError && <Refused error={options.error} />}
      {options.data?.mail === false && (
        <p>
          This server sends no mail. Ask an admin of your workspace: under Team, they can make a link
          by which you set a new password.
        </p>
      )}
      {options.data?.mail && <Request workspace={workspace} own={options.data.workspace} />}
      <Link to="/sign-in" className="quiet">
        Back to signing in
      </Link>
    </Outside>
  );
}

function Request({ workspace, own }: { workspace: string; own: string | null }) {
  const ask = useMutation({
    mutationFn: (form: FormData) => {
      const where = String(form.get("workspace") ?? "").trim();
      return result(
        api.POST("/forgotten", {
          body: { name: String(form.get("name")).trim(), ...(where ? { workspace: where } : {}) },
        }),
      );
    },
  });
  if (ask.isSuccess) {
    return (
      <Alert color="green" title="Look at your mail" role="status">
        If there is such an account and it has an address, a link is on its way there. It works for
        an hour, once.
      </Alert>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate(new FormData(event.currentTarget));
      }}
    >
      {ask.isError && <Refused error={ask.error} />}
      <TextInput name="name" label="User name" autoComplete="username" autoCapitalize="none" required autoFocus />
      {!own && (
        <TextInput name="workspace" label="Workspace" description="Empty: the default one." defaultValue={workspace} />
      )}
      <Button type="submit" loading={ask.isPending}>
        Send me a link
      </Button>
    </form>
  );
}
