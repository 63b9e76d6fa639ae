import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Outside } from "../parts/Outside";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { enter, signedInAs } from "../queries";

/** Whoever has the link of an invitation chooses a name and a password, and is in. */
export function Page() {
  useTitle("Join");
  const { secret = "" } = useParams();
  const invited = useQuery({
    queryKey: ["invited", secret],
    queryFn: () => result(api.GET("/invited/{secret}", { params: { path: { secret } } })),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  return (
    <Outside title="Join Gatehouse">
      {invited.isPending && <Waiting what="the invitation" />}
      {invited.isError && <Refused error={invited.error} />}
      {invited.data && <Choice secret={secret} invited={invited.data} />}
    </Outside>
  );
}

function Choice({ secret, invited }: { secret: string; invited: Schemas["Invited"] }) {
  const navigate = useNavigate();
  const join = useMutation({
    mutationFn: async (form: FormData) => {
      const name = String(form.get("name")).trim();
      const password = String(form.get("password"));
      const email = form.get("email");
      const joined = await result(
        api.POST("/invited/{secret}", {
          params: { path: { secret } },
          body: { name, password, ...(email ? { email: String(email).trim() } : {}) },
        }),
      );
      // They are in; should signing in not work just now, they do it by hand.
      return result(api.POST("/session", { body: { name, password, workspace: joined.workspace } })).catch(
        () => null,
      );
    },
    onSuccess: (me) => {
      if (me === null) {
        signedInAs(null);
        void navigate("/sign-in");
      } else {
        enter(me, "/", (path) => void navigate(path));
      }
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        join.mutate(new FormData(event.currentTarget));
      }}
    >
      <div>
        <b>{invited.by}</b> invites you to the workspace <b>{invited.workspace}</b>, as {invited.role}
        {invited.email ? ` (${invited.email})` : ""}. The invitation ends <Ago at={invited.expires} />.
      </div>
      {join.isError && <Refused error={join.error} />}
      <TextInput
        name="name"
        label="User name"
        description="Small letters, digits, dots, dashes and underscores."
        autoComplete="username"
        autoCapitalize="none"
        maxLength={64}
        required
        autoFocus
      />
      {!invited.email && (
        <TextInput
          name="email"
          label="Mail address"
          description="For a new password, should you forget yours."
          type="email"
          autoComplete="email"
        />
      )}
      <PasswordInput
        name="password"
        label="Password"
        description="At least eight characters."
        autoComplete="new-password"
        minLength={8}
        maxLength={256}
        required
      />
      <Button type="submit" loading={join.isPending}>
        Join
      </Button>
    </form>
  );
}
