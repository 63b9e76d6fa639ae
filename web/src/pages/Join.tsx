import { Alert, Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { api, result } from "../api";
import { Outside } from "../parts/Outside";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { useSignInOptions } from "../queries";
import { addressed } from "../workspace";

/** A stranger asks to join, where the workspace lets them. */
export function Page() {
  useTitle("Ask to join");
  const [params] = useSearchParams();
  const workspace = params.get("workspace") ?? addressed ?? "";
  const options = useSignInOptions(workspace);
  return (
    <Outside title="Ask to join">
      {options.isPending && <Waiting what="the workspace" />}
      {options.isError && <Refused error={options.error} />}
      {options.data?.joining === false && (
        <p>This workspace takes no requests to join: ask somebody who is in it to invite you.</p>
      )}
      {options.data?.joining && <Request workspace={workspace} />}
      <Link to="/sign-in" className="quiet">
        Back to signing in
      </Link>
    </Outside>
  );
}

function Request({ workspace }: { workspace: string }) {
  const ask = useMutation({
    mutationFn: (form: FormData) =>
      result(
        api.POST("/join-requests", {
          body: {
            email: String(form.get("email")).trim(),
            message: String(form.get("message")),
            ...(workspace ? { workspace } : {}),
          },
        }),
      ),
  });
  if (ask.isSuccess) {
    return (
      <Alert color="green" title="You have asked" role="status">
        Somebody who manages the workspace will see it. If they agree, you get a link.
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
      <TextInput name="email" label="Mail address" type="email" autoComplete="email" required autoFocus />
      <Textarea
        name="message"
        label="Who you are"
        description="What tells whoever reads it that you belong here."
        maxLength={500}
        autosize
        minRows={2}
      />
      <Button type="submit" loading={ask.isPending}>
        Ask
      </Button>
    </form>
  );
}
