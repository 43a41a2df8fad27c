// Misconception: a message to somebody who has gone does no harm
// Caught by: the others hear of every end, whatever it was, once
import type { DownMessage, Pid, Process, Self } from "#runtime";

export type ToClient = readonly ["msg", text: string];
export type Client = Pid<ToClient>;
export type ToManager =
  | readonly ["join", client: Client, name: string]
  | readonly ["say", client: Client, text: string]
  | DownMessage;

/** Knows who is there, and tells everybody what anybody says. */
export function* manager(
  self: Self<ToManager>,
  members: ReadonlyMap<unknown, string> = new Map(),
): Process {
  const tell = (told: ReadonlyMap<unknown, string>, text: string) => {
    for (const one of told.keys()) self.send(one as Client, ["msg", text]);
  };
  return yield* self.receive({
    join(client, name) {
      tell(members, `${name} joined`);
      self.monitor(client);
      return manager(self, new Map(members).set(client, name));
    },
    say(client, text) {
      const name = members.get(client);
      if (name !== undefined) tell(members, `${name}: ${text}`);
      return manager(self, members);
    },
    DOWN(_ref, _type, client) {
      const left = new Map(members);
      tell(left, `${members.get(client)} left`);
      return manager(self, left);
    },
  });
}
