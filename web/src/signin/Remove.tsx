import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result } from "../api";
import { Refused } from "../parts/States";
import { queries } from "../queries";

/** Takes the provider away. */
export function Remove({ name }: { name: string }) {
  const remove = useMutation({
    mutationFn: () => result(api.DELETE("/provider")),
    onSuccess: () =>
      Promise.all(
        ["provider", "sign-in", "own-provider"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      ),
  });
  return (
    <section className="card padded stack">
      <h2>Sign in without it</h2>
      <p className="quiet">
        People who have no password do not come in any more once they are signed out. Their accounts and
        tokens stay.
      </p>
      {remove.isError && <Refused error={remove.error} />}
      <div>
        <Button variant="light" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          Stop signing in with {name}
        </Button>
      </div>
    </section>
  );
}
