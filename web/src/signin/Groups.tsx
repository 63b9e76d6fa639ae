import { Button, Fieldset, Select, TextInput } from "@mantine/core";
import { useRolesToGive } from "../joining/roles";
import { useMe } from "../queries";

export interface Group {
  group: string;
  role: string;
}

/** Which group has which role. */
export function Groups({ groups, set }: { groups: Group[]; set: (groups: Group[]) => void }) {
  const me = useMe();
  const roles = useRolesToGive(me.data?.rights ?? []);
  const put = (index: number, change: Partial<Group>) =>
    set(groups.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <Fieldset legend="Groups and their roles: of several, the one that may do most counts">
      <div className="stack">
        {groups.map((one, index) => (
          <div className="tools" key={index}>
            <TextInput
              className="grow"
              label={`Group ${index + 1}`}
              value={one.group}
              required
              onChange={(event) => put(index, { group: event.currentTarget.value })}
            />
            <Select
              className="grow"
              label={`Role of group ${index + 1}`}
              data={roles}
              value={one.role}
              allowDeselect={false}
              onChange={(role) => put(index, { role: role ?? one.role })}
            />
            <Button
              variant="light"
              color="red"
              onClick={() => set(groups.filter((_, at) => at !== index))}
              aria-label={`Remove group ${index + 1}`}
            >
              Remove
            </Button>
          </div>
        ))}
        <div>
          <Button size="xs" variant="default" onClick={() => set([...groups, { group: "", role: "developer" }])}>
            One more group
          </Button>
        </div>
      </div>
    </Fieldset>
  );
}
