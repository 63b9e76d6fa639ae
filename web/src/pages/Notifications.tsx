import { Badge, Button, Checkbox, Table } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result, tagged, type Schemas } from "../api";
import { KINDS } from "../notifications/kinds";
import { Ago } from "../parts/Ago";
import { Empty, Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { queries } from "../queries";

type Notification = Schemas["NotificationList"]["items"][number];

const changed = () => queries.invalidateQueries({ queryKey: ["notifications"] });

/** What happened, and what one wants to hear of. */
export function Page() {
  useTitle("Notifications");
  const list = useInfiniteQuery({
    queryKey: ["notifications", "list"],
    queryFn: ({ pageParam }) =>
      result(api.GET("/notifications", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: null as string | null,
    getNextPageParam: (part) => part.next,
  });
  const items = list.data?.pages.flatMap((part) => part.items) ?? [];
  const newest = items[0];
  const read = useMutation({
    mutationFn: (upTo: number) => result(api.POST("/notifications/read", { body: { upTo } })),
    onSuccess: changed,
  });
  return (
    <>
      <div className="head">
        <h1>Notifications</h1>
        {newest?.unread && (
          <Button className="push" variant="default" loading={read.isPending} onClick={() => read.mutate(newest.id)}>
            Mark all as read
          </Button>
        )}
      </div>
      <div className="stack">
        {read.isError && <Refused error={read.error} />}
        {list.isPending && <Waiting what="notifications" />}
        {list.isError && <Refused error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && (
          <section className="card" aria-label="Inbox">
            {items.length === 0 ? (
              <Empty title="Nothing has happened yet">What you want to hear of, you choose below.</Empty>
            ) : (
              <ul className="list">
                {items.map((one) => (
                  <li key={one.id}>
                    <Row one={one} />
                  </li>
                ))}
              </ul>
            )}
            {list.hasNextPage && (
              <div className="card-foot">
                <Button
                  size="xs"
                  variant="default"
                  loading={list.isFetchingNextPage}
                  onClick={() => void list.fetchNextPage()}
                >
                  Show more
                </Button>
              </div>
            )}
          </section>
        )}
        <Wanted />
      </div>
    </>
  );
}

function Row({ one }: { one: Notification }) {
  const mark = useMutation({
    mutationFn: () =>
      result(
        api.PATCH("/notifications/{notification}", {
          params: { path: { notification: one.id } },
          body: { unread: !one.unread },
        }),
      ),
    onSuccess: changed,
  });
  const word = one.unread ? "Mark as read" : "Mark as unread";
  return (
    <div>
      <div className="between">
        <span>
          <Link className="row-name" to={one.link}>
            {one.title}
          </Link>{" "}
          {one.unread && (
            <Badge variant="light" color="blue">
              new
            </Badge>
          )}
        </span>
        <span className="chips">
          <span className="quiet">
            <Ago at={one.happened} />
          </span>
          <Button
            size="compact-xs"
            variant="default"
            loading={mark.isPending}
            aria-label={`${word}: ${one.title}`}
            onClick={() => mark.mutate()}
          >
            {word}
          </Button>
        </span>
      </div>
      {mark.isError && <Refused error={mark.error} />}
      {one.facts.map((fact) => (
        <div key={fact.label} className="quiet words">
          {fact.label}: {fact.value}
        </div>
      ))}
    </div>
  );
}

/** What one hears of in the app and by mail. */
function Wanted() {
  const wanted = useQuery({
    queryKey: ["notifications", "wanted"],
    queryFn: () => tagged(api.GET("/me/notifications")),
  });
  const set = useMutation({
    mutationFn: (body: { app: string[]; mail: string[] }) =>
      result(
        api.PUT("/me/notifications", {
          params: { header: { "If-Match": wanted.data?.tag ?? "" } },
          body,
        }),
      ),
    onSettled: changed,
  });
  if (!wanted.data) {
    return wanted.isError ? <Refused error={wanted.error} /> : <Waiting what="what you hear of" />;
  }
  const { kinds, app, mail, mailPossible } = wanted.data.value;
  const toggle = (list: string[], kind: string) =>
    list.includes(kind) ? list.filter((one) => one !== kind) : [...list, kind];
  return (
    <section className="card scroll" aria-label="What you hear of">
      <h2 className="card-head">What you hear of</h2>
      {set.isError && <Refused error={set.error} />}
      <Table aria-label="What you hear of">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">When</Table.Th>
            <Table.Th scope="col">Here</Table.Th>
            <Table.Th scope="col">By mail</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {kinds.map((kind) => (
            <Table.Tr key={kind}>
              <Table.Td>{KINDS[kind] ?? kind}</Table.Td>
              <Table.Td>
                <Checkbox
                  aria-label={`Here: ${KINDS[kind] ?? kind}`}
                  checked={app.includes(kind)}
                  disabled={set.isPending}
                  onChange={() => set.mutate({ app: toggle(app, kind), mail })}
                />
              </Table.Td>
              <Table.Td>
                <Checkbox
                  aria-label={`By mail: ${KINDS[kind] ?? kind}`}
                  checked={mail.includes(kind)}
                  disabled={set.isPending || (!mailPossible && !mail.includes(kind))}
                  onChange={() => set.mutate({ app, mail: toggle(mail, kind) })}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {!mailPossible && (
        <p className="quiet card-text">
          Mail needs a server that sends some, and an address of yours: see <Link to="/account">Your account</Link>.
        </p>
      )}
    </section>
  );
}
