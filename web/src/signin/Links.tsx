import { Button, Table, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { List, useParts } from "../parts/List";
import { Refused } from "../parts/States";
import { queries } from "../queries";

function refresh() {
  return queries.invalidateQueries({ queryKey: ["provider-links"] });
}

/** Whose account is whose at the provider. */
export function Links() {
  const links = useParts(["provider-links"], (from) =>
    result(api.GET("/provider/links", { params: { query: from } })),
  );
  const link = useMutation({
    mutationFn: (form: FormData) =>
      result(
        api.PUT("/users/{user}/provider", {
          params: { path: { user: String(form.get("user")).trim() } },
          body: { subject: String(form.get("subject")).trim() },
        }),
      ),
    onSuccess: refresh,
  });
  return (
    <section className="stack">
      <List
        title="Linked accounts"
        parts={links}
        empty={{ title: "Nobody has signed in by it yet", hint: "Accounts are made when people first come." }}
        head={
          <>
            <Table.Th scope="col">Account</Table.Th>
            <Table.Th scope="col" className="wide-only">
              Subject
            </Table.Th>
            <Table.Th scope="col">Last signed in</Table.Th>
            <Table.Th scope="col">
              <span className="wide-only">What to do</span>
            </Table.Th>
          </>
        }
        row={(one) => <Row key={one.user} link={one} />}
      />
      <form
        className="card padded stack"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          link.mutate(new FormData(form), { onSuccess: () => form.reset() });
        }}
      >
        <h2>Link an account</h2>
        <p className="quiet">
          By what the provider calls somebody and never changes, their subject. The audit log has it for
          whoever was refused.
        </p>
        {link.isError && <Refused error={link.error} />}
        <div className="tools">
          <TextInput className="grow" name="user" label="User name of the account" required />
          <TextInput className="grow" name="subject" label="Subject at the provider" required />
          <Button type="submit" variant="default" loading={link.isPending}>
            Link it
          </Button>
        </div>
      </form>
    </section>
  );
}

function Row({ link }: { link: Schemas["ProviderLink"] }) {
  const remove = useMutation({
    mutationFn: () => result(api.DELETE("/users/{user}/provider", { params: { path: { user: link.user } } })),
    onSettled: refresh,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <span className="row-name">{link.user}</span>
        {remove.isError && <Refused error={remove.error} />}
      </Table.Td>
      <Table.Td className="wide-only">{link.subject}</Table.Td>
      <Table.Td>{link.seen ? <Ago at={link.seen} /> : "never"}</Table.Td>
      <Table.Td>
        <Button
          size="xs"
          variant="light"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate()}
          aria-label={`Unlink ${link.user}`}
        >
          Unlink
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
