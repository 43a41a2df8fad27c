import type { DownMessage, GenServer, Pid } from "#runtime";

export type ToClient = readonly ["heard", text: string] | "stop";

// #region clients
export interface Clients {
  call: { join(client: Pid, name: string): "ok" | "taken" };
  cast: { say(client: Pid, text: string): void };
  info: DownMessage;
}
type Members = ReadonlyMap<Pid, string>;

/** Knows who is there, and tells everybody what anybody says. */
export const clients: GenServer<Clients, Members> = {
  name: "clients",
  init(self) {
    // Without this, terminate would not be called at a shutdown.
    self.trapExit(true);
    return ["ok", new Map()];
  },
  handleCall: {
    join(self, members, client, name) {
      if ([...members.values()].includes(name)) {
        return ["reply", "taken", members];
      }
      self.monitor(client);
      const joined = new Map(members).set(client, name);
      tell(self, joined, `${name} joins`);
      return ["reply", "ok", joined];
    },
  },
  handleCast: {
    say(self, members, client, text) {
      tell(self, members, `${members.get(client)}: ${text}`);
      return ["noreply", members];
    },
  },
  // #endregion
  // #region farewell
  handleInfo: {
    DOWN(self, members, _ref, _type, client) {
      const left = new Map(members);
      left.delete(client as Pid);
      tell(self, left, `${members.get(client as Pid)} leaves`);
      return ["noreply", left];
    },
  },
  terminate(self, _reason, members) {
    for (const client of members.keys()) {
      self.send(client as Pid<ToClient>, "stop");
    }
  },
};
// #endregion

function tell(
  self: { send(to: Pid<ToClient>, message: ToClient): void },
  members: Members,
  text: string,
): void {
  for (const client of members.keys()) {
    self.send(client as Pid<ToClient>, ["heard", text]);
  }
}
