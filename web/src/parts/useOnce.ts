import { useRef } from "react";

/** Drawn by chance; randomUUID is not there where the app comes by http. */
function drawn(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The key of what a form does: the same while it sends the same again, as after an answer that got
 * lost, so that the server does it once; another one for something else, and after it was done.
 */
export function useOnce() {
  const last = useRef({ body: "", key: drawn() });
  return {
    header: (body: unknown) => {
      const text = JSON.stringify(body);
      if (last.current.body !== text) {
        last.current = { body: text, key: last.current.body === "" ? last.current.key : drawn() };
      }
      return { "Idempotency-Key": last.current.key };
    },
    done: () => {
      last.current = { body: "", key: drawn() };
    },
  };
}
