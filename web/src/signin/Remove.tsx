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
        Whoever is signed in by it is signed out, you too if you are, and does not come in any more without a
        password. Accounts and tokens stay.
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
