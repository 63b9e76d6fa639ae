import createClient from "openapi-fetch";
import type { components, paths } from "./generated/api";
import { shownWorkspace } from "./workspace";

export type Schemas = components["schemas"];

/** Sent with whatever changes something: other sites' pages cannot send it. */
export const api = createClient<paths>({
  baseUrl: "/api/v1",
  headers: { "X-Gatehouse-App": "1" },
});

api.use({
  onRequest: ({ request }) => {
    const workspace = shownWorkspace();
    if (workspace !== null) {
      request.headers.set("X-Gatehouse-Workspace", workspace);
    }
    return request;
  },
});

/** What the server says went wrong, or that it did not answer. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What a request gives; whatever else happens is a Refusal with a sentence. */
export async function result<T>(request: Promise<Outcome<T>>): Promise<T> {
  const { data, response } = await settled(request);
  return response.status === 204 ? (undefined as T) : (data as T);
}

/** The same with the entity tag of what was read, to be sent with an edit. */
export async function tagged<T>(request: Promise<Outcome<T>>): Promise<{ value: T; tag: string }> {
  const { data, response } = await settled(request);
  const tag = response.headers.get("etag");
  if (tag === null) {
    throw new Refusal(response.status, "untagged", "The server does not say which state this is. Load it again.");
  }
  return { value: data as T, tag };
}

async function settled<T>(request: Promise<Outcome<T>>): Promise<Outcome<T>> {
  let outcome: Outcome<T>;
  try {
    outcome = await request;
  } catch {
    throw new Refusal(0, "unreachable", "The server does not answer. Check your connection.");
  }
  if (!outcome.response.ok) {
    throw refusal(outcome.error, outcome.response.status);
  }
  return outcome;
}

function refusal(error: unknown, status: number): Refusal {
  if (typeof error === "object" && error !== null && "detail" in error && "code" in error) {
    return new Refusal(status, String(error.code), String(error.detail));
  }
  return new Refusal(status, "unknown", `The server answered ${status} without a reason.`);
}
