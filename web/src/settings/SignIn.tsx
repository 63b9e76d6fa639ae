import { Switch } from "@mantine/core";
import { useSettings, useSettingsChange } from "../joining/settings";
import { Refused } from "../parts/States";

/** Whether everybody needs a second factor, which owners decide. */
export function SignIn({ mayRequire }: { mayRequire: boolean }) {
  const settings = useSettings(true);
  const change = useSettingsChange(settings.data?.tag);
  return (
    <section className="card padded">
      <h2>Sign-in</h2>
      {settings.isError && <Refused error={settings.error} />}
      {change.isError && <Refused error={change.error} />}
      <Switch
        label="Everybody needs a second factor"
        description={
          mayRequire
            ? "Who has none sets it up at the next click; tokens go on working."
            : "Only owners change this."
        }
        checked={settings.data?.value.secondFactor ?? false}
        disabled={!mayRequire || !settings.data || change.isPending}
        onChange={(event) => change.mutate({ secondFactor: event.currentTarget.checked })}
      />
    </section>
  );
}
