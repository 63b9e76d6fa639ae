// A real SAML provider for the end-to-end test, on a free port of this machine: samlify of npm. Takes the address of the
// server's metadata, and a key and its certificate in PEM; prints its own address, below which /metadata stands. Whoever signs
// in is who they say they are, with a group by their name.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const [service, key, certificate] = process.argv.slice(2);
const saml = createRequire(fileURLToPath(new URL("./.clients/", import.meta.url)))("samlify");

const GROUPS = { una: "npm-users", ada: "npm-admins" };
const PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end(String(error));
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}`;

// Its own template says nothing of how somebody signed in, which a service must be told.
const ASSERTION =
  '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{AssertionID}" Version="2.0" IssueInstant="{Now}">' +
  "<saml:Issuer>{Issuer}</saml:Issuer><saml:Subject>" +
  `<saml:NameID Format="${PERSISTENT}">{NameID}</saml:NameID>` +
  '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData ' +
  'NotOnOrAfter="{End}" Recipient="{Answers}" InResponseTo="{Question}"/></saml:SubjectConfirmation></saml:Subject>' +
  '<saml:Conditions NotBefore="{Now}" NotOnOrAfter="{End}"><saml:AudienceRestriction>' +
  "<saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>" +
  '<saml:AuthnStatement AuthnInstant="{Now}" SessionIndex="{AssertionID}"><saml:AuthnContext>' +
  "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>" +
  "</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>" +
  '<saml:Attribute Name="uid"><saml:AttributeValue>{NameID}@acme.test</saml:AttributeValue></saml:Attribute>' +
  '<saml:Attribute Name="groups"><saml:AttributeValue>{Group}</saml:AttributeValue></saml:Attribute>' +
  "</saml:AttributeStatement></saml:Assertion>";
const RESPONSE =
  '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ' +
  'ID="{ID}" Version="2.0" IssueInstant="{Now}" Destination="{Answers}" InResponseTo="{Question}">' +
  "<saml:Issuer>{Issuer}</saml:Issuer>" +
  '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>' +
  `${ASSERTION}</samlp:Response>`;

// The documents are checked by the server's library against the schema, which is what is tested.
saml.setSchemaValidator({ validate: () => Promise.resolve("not looked at") });
const provider = saml.IdentityProvider({
  entityID: `${address}/metadata`,
  privateKey: readFileSync(key, "utf8"),
  signingCert: readFileSync(certificate, "utf8"),
  wantAuthnRequestsSigned: false,
  isAssertionEncrypted: false,
  nameIDFormat: [PERSISTENT],
  singleSignOnService: [
    { Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Location: `${address}/sso` },
  ],
  loginResponseTemplate: { context: RESPONSE, attributes: [] },
});

/** Us, as the server's own metadata describe it. */
async function audience() {
  return saml.ServiceProvider({ metadata: await (await fetch(service)).text() });
}

function page(response, body) {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><html lang="en"><title>Acme</title><body>${body}</body></html>`);
}

function attribute(text) {
  return String(text).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

async function read(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString("utf8"));
}

/** The form that the browser posts to the server by itself. */
async function letIn(form, response) {
  const name = form.get("login");
  const to = await audience();
  const asked = await provider.parseLoginRequest(to, "redirect", { query: { SAMLRequest: form.get("SAMLRequest") } });
  const now = new Date();
  const fill = (template) => ({
    id: "unused",
    context: saml.SamlLib.replaceTagsByValue(template, {
      ID: `_${randomBytes(16).toString("hex")}`,
      AssertionID: `_${randomBytes(16).toString("hex")}`,
      Issuer: provider.entityMeta.getEntityID(),
      Audience: to.entityMeta.getEntityID(),
      Answers: to.entityMeta.getAssertionConsumerService("post"),
      Question: asked.extract.request.id,
      Now: now.toISOString(),
      End: new Date(now.getTime() + 300_000).toISOString(),
      NameID: name,
      Group: GROUPS[name] ?? "others",
    }),
  });
  const made = await provider.createLoginResponse(to, asked, "post", { email: name }, fill);
  page(
    response,
    `<form method="post" action="${attribute(made.entityEndpoint)}">` +
      `<input type="hidden" name="SAMLResponse" value="${attribute(made.context)}">` +
      `<input type="hidden" name="RelayState" value="${attribute(form.get("RelayState"))}">` +
      "</form><script>document.forms[0].submit()</script>",
  );
}

async function answer(request, response) {
  const url = new URL(request.url, address);
  if (url.pathname === "/metadata") {
    response.writeHead(200, { "content-type": "application/samlmetadata+xml" }).end(provider.getMetadata());
  } else if (url.pathname === "/sso" && request.method === "GET") {
    const hidden = ["SAMLRequest", "RelayState"].map(
      (name) => `<input type="hidden" name="${name}" value="${attribute(url.searchParams.get(name))}">`,
    );
    page(
      response,
      `<form method="post" action="/sso">${hidden.join("")}<input name="login"><button type="submit">Sign in</button></form>`,
    );
  } else if (url.pathname === "/sso") {
    await letIn(await read(request), response);
  } else {
    response.writeHead(404).end();
  }
}

console.log(address);
