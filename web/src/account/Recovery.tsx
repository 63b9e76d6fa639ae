import { ShownOnce } from "../parts/ShownOnce";
import { queries } from "../queries";

/** What the app knows of it is asked for again. */
export async function factorChanged() {
  await Promise.all(["second-factor", "me"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

/** Codes for a lost telephone, which nobody can look up again. */
export function Recovery({ codes, close }: { codes: string[]; close: () => void }) {
  return (
    <ShownOnce label="Recovery codes" text={codes.join("\n")} close={close}>
      If your telephone is lost, each of these lets you in once. Keep them where your password is
      not; they are shown this once.
    </ShownOnce>
  );
}
