import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result } from "../api";
import { Refused, Waiting } from "../parts/States";
import { useTitle } from "../parts/useTitle";
import { useMe } from "../queries";
import { Address, Feeds, Keys, Mail, Retention, Webhooks } from "../settings/Sections";
import { Name } from "../settings/Name";
import { SignIn } from "../settings/SignIn";

/** What applies to the workspace and to the server. */
export function Page() {
  useTitle("Settings");
  const me = useMe();
  const query = useQuery({
    queryKey: ["settings"],
    queryFn: () => result(api.GET("/settings")),
    refetchInterval: (state) => (state.state.data?.fetching ? 1_000 : false),
  });
  if (query.isPending) {
    return <Waiting what="the settings" />;
  }
  if (query.isError) {
    return <Refused error={query.error} retry={() => void query.refetch()} />;
  }
  const settings = query.data;
  return (
    <>
      <div className="head">
        <h1>Settings</h1>
        <span className="quiet">
          of the workspace {me.data?.workspace}. Who is in it stands under <Link to="/team">Team</Link>.
        </span>
      </div>
      <div className="stack">
        {me.data && (
          <Name name={me.data.workspace} mayRename={me.data.rights.includes("manage-owners")} />
        )}
        <SignIn mayRequire={me.data?.rights.includes("manage-owners") ?? false} />
        <Webhooks settings={settings} />
        <Address settings={settings} />
        <Mail settings={settings} />
        <Feeds settings={settings} />
        <Retention settings={settings} />
        <Keys settings={settings} />
      </div>
    </>
  );
}
