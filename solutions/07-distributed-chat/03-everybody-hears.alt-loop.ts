import type { DownMessage, Pid, Process, Self } from "#runtime";

export type ToClient = readonly ["msg", text: string];
export type Client = Pid<ToClient>;
export type ToManager =
  | readonly ["join", client: Client, name: string]
  | readonly ["say", client: Client, text: string]
  | DownMessage;

/** Knows who is there, and tells everybody what anybody says. */
export function* manager(self: Self<ToManager>): Process {
  const members = new Map<unknown, string>();
  const tell = (text: string) => {
    for (const one of members.keys()) self.send(one as Client, ["msg", text]);
  };
  for (;;) {
    yield* self.receive({
      join(client, name) {
        tell(`${name} joined`);
        self.monitor(client);
        members.set(client, name);
      },
      say(client, text) {
        if (members.has(client)) tell(`${members.get(client)}: ${text}`);
      },
      DOWN(_ref, _type, client) {
        const name = members.get(client);
        members.delete(client);
        tell(`${name} left`);
      },
    });
  }
}
