import { Alert, Button, Table } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result, type Schemas } from "../api";
import { Ago } from "../parts/Ago";
import { Empty, Refused } from "../parts/States";

type Settings = Schemas["Settings"];

const count = (many: number) => many.toLocaleString("en");

/** Which setting of the server's configuration says so. */
function Key({ name }: { name: string }) {
  return (
    <span className="quiet">
      set by <code>{name}</code>
    </span>
  );
}

/** How clients address the server. */
export function Address({ settings }: { settings: Settings }) {
  const { url, configured, own } = settings.address;
  return (
    <section className="card padded">
      <h2>Address</h2>
      <p className="words">
        <b>{url}</b> {configured && <Key name="server.base-url" />}
      </p>
      {!configured && (
        <p className="quiet">
          As your browser has it: <code>server.base-url</code> is not set, so each request says it, and no mail holds a
          link.
        </p>
      )}
      {own !== null ? (
        <p className="words">
          This workspace is at <b>{own}</b> <Key name="server.domain" />
        </p>
      ) : (
        <p className="quiet">
          This workspace has no host of its own. With <code>server.domain</code> each has one, as its name allows.
        </p>
      )}
    </section>
  );
}

/** Whether mail is sent, and a mail to try it. */
export function Mail({ settings }: { settings: Settings }) {
  const { configured, from, links } = settings.mail;
  const test = useMutation({ mutationFn: () => result(api.POST("/settings/mail-test", { body: {} })) });
  return (
    <section className="card padded">
      <h2>Mail</h2>
      {configured ? (
        <>
          <p className="words">
            Mails come from <b>{from}</b> <Key name="mail.from" />
          </p>
          {!links && (
            <p className="quiet">
              Invitations and links to new passwords are not mailed: that takes <code>server.base-url</code>.
            </p>
          )}
          {test.isError && <Refused error={test.error} />}
          {test.data && (
            <Alert
              role={test.data.sent ? "status" : "alert"}
              color={test.data.sent ? "green" : "red"}
              title={test.data.sent ? "It was sent" : "It was not sent"}
            >
              {test.data.sentence}
            </Alert>
          )}
          <p>
            <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate()}>
              Send a test mail to myself
            </Button>
          </p>
        </>
      ) : (
        <p className="quiet">
          This server sends no mail. Whoever runs it sets <code>mail.host</code> and <code>mail.from</code>.
        </p>
      )}
    </section>
  );
}

/** Who outside is told what happens. */
export function Webhooks({ settings }: { settings: Settings }) {
  return (
    <section className="card padded">
      <h2>Webhooks</h2>
      <p>
        <Link to="/webhooks">
          {settings.webhooks === 1 ? "1 webhook" : `${count(settings.webhooks)} webhooks`}
        </Link>{" "}
        <span className="quiet">told what happens in this workspace</span>
      </p>
    </section>
  );
}

/** Where advisories come from, and how that went. */
export function Feeds({ settings }: { settings: Settings }) {
  const client = useQueryClient();
  const fetching = useMutation({
    mutationFn: () => result(api.POST("/settings/feeds/fetch", { body: {} })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["settings"] }),
  });
  return (
    <section className="card">
      <h2 className="card-head">Advisory feeds</h2>
      {fetching.isError && <Refused error={fetching.error} />}
      {settings.feeds.length === 0 ? (
        <Empty title="No feed is configured">
          Whoever runs the server sets <code>advisories.feeds</code>.
        </Empty>
      ) : (
        <div className="scroll" role="region" aria-label="Advisory feeds, as a table" tabIndex={0}>
          <Table aria-label="Advisory feeds">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Feed</Table.Th>
                <Table.Th scope="col">Records</Table.Th>
                <Table.Th scope="col">Seen whole</Table.Th>
                <Table.Th scope="col">Looked at</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {settings.feeds.map((one) => (
                <Table.Tr key={one.name}>
                  <Table.Td>
                    <span className="row-name">{one.name}</span>{" "}
                    <span className="quiet">{one.trust}</span>
                    <div className="words quiet">{one.source}</div>
                    {one.failure !== null && (
                      <div className="words">It could not be fetched: {one.failure}</div>
                    )}
                  </Table.Td>
                  <Table.Td>
                    {count(one.records)}
                    {one.held > 0 && <div className="quiet">{count(one.held)} wait for a second word</div>}
                  </Table.Td>
                  <Table.Td>
                    <Ago at={one.imported} />
                  </Table.Td>
                  <Table.Td>
                    <Ago at={one.tried} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <p className="card-foot quiet">
        Set by <code>advisories.feeds</code>, and looked at when they are due.
        {settings.feeds.length > 0 && (
          <Button
            variant="default"
            size="xs"
            ml="sm"
            loading={fetching.isPending || settings.fetching}
            onClick={() => fetching.mutate()}
          >
            Fetch them now
          </Button>
        )}
      </p>
    </section>
  );
}

/** What is kept for how long. */
export function Retention({ settings }: { settings: Settings }) {
  return (
    <section className="card">
      <h2 className="card-head">How long it is kept</h2>
      <div className="scroll" role="region" aria-label="How long it is kept, as a table" tabIndex={0}>
        <Table aria-label="How long it is kept">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">What</Table.Th>
              <Table.Th scope="col">How long</Table.Th>
              <Table.Th scope="col">Set by</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {settings.kept.map((one) => (
              <Table.Tr key={one.what}>
                <Table.Td>{one.what}</Table.Td>
                <Table.Td>
                  {count(one.days)} days
                  {one.most !== null && <span className="quiet">, {count(one.most)} rows at most</span>}
                </Table.Td>
                <Table.Td>{one.key === null ? <span className="quiet">always so</span> : <code>{one.key}</code>}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <p className="card-foot quiet">What was published or brought in is kept until somebody deletes it.</p>
    </section>
  );
}

/** The keys that sign what is published here. */
export function Keys({ settings }: { settings: Settings }) {
  return (
    <section className="card">
      <h2 className="card-head">Signing keys</h2>
      {settings.keys.length === 0 ? (
        <Empty title="There is no key yet">It is made when something is to be signed for the first time.</Empty>
      ) : (
        <div className="scroll" role="region" aria-label="Signing keys, as a table" tabIndex={0}>
          <Table aria-label="Signing keys">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Key</Table.Th>
                <Table.Th scope="col">Since</Table.Th>
                <Table.Th scope="col">Out of use</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {settings.keys.map((one) => (
                <Table.Tr key={one.keyid}>
                  <Table.Td>
                    <code className="words">{one.keyid}</code>
                    <div className="quiet">{one.type}</div>
                  </Table.Td>
                  <Table.Td>
                    <Ago at={one.created} />
                  </Table.Td>
                  <Table.Td>{one.expires === null ? "in use" : <Ago at={one.expires} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <p className="card-foot quiet">
        Of the whole server; a new one is made by <code>./gatehouse key rotate</code>.
      </p>
    </section>
  );
}
