// A real OpenID provider for the end-to-end test, on a free port of this machine. Takes the redirect address and where people go
// after signing out; prints its issuer. Whoever signs in is who they say they are, with groups by their name.
import { createServer } from "node:http";
import { pathToFileURL, fileURLToPath } from "node:url";

const [redirect, signedOut] = process.argv.slice(2);
const modules = fileURLToPath(new URL("./.clients/node_modules/", import.meta.url));
const { default: Provider } = await import(pathToFileURL(`${modules}oidc-provider/lib/index.js`));

const GROUPS = { una: ["npm-users"], ada: ["npm-admins"], adam: ["npm-admins"], otis: ["others"] };
const server = createServer((request, response) => provider.callback()(request, response));
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "gatehouse",
      client_secret: "a secret of the client",
      redirect_uris: [redirect],
      post_logout_redirect_uris: [signedOut],
      backchannel_logout_uri: `${redirect}/logout`,
      backchannel_logout_session_required: true,
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  claims: { openid: ["sub"], profile: ["preferred_username", "groups"], email: ["email", "email_verified"] },
  pkce: { required: () => true },
  // Its own asks no address of this machine, and the server that it tells of sessions' ends is here.
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
  cookies: { keys: ["a key for the cookies of the test"] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      preferred_username: `${id}@acme.test`,
      groups: GROUPS[id] ?? [],
      email: `${id}@acme.test`,
      email_verified: true,
    }),
  }),
});
console.log(issuer);
