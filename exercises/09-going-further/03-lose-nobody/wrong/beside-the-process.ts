// Misconception: a variable beside the process is outside it, and that is enough
// Caught by: a chat that is started anew begins with nobody
import {
  type ChildSpec,
  type DownMessage,
  type GenServer,
  genServer,
  type Pid,
  type SupervisorFlags,
} from "#runtime";

export type Client = Pid<readonly ["hear", text: string]>;
export interface Manager {
  call: {
    join(client: Client, name: string): "ok";
    leave(client: Client): "ok";
    names(): string[];
  };
  cast: { say(text: string): void };
  info: DownMessage;
}
type Names = ReadonlyMap<Client, string>;

const without = (names: Names, gone: Pid): Names =>
  new Map([...names].filter(([client]) => client !== gone));

let kept: Names = new Map();

const manager: GenServer<Manager, Names> = {
  name: "manager",
  init(self) {
    for (const client of kept.keys()) self.monitor(client);
    return ["ok", kept];
  },
  handleCall: {
    join(self, names, client, name) {
      self.monitor(client);
      kept = new Map(names).set(client, name);
      return ["reply", "ok", kept];
    },
    leave(_self, names, client) {
      kept = without(names, client);
      return ["reply", "ok", kept];
    },
    names: (_self, names) => ["reply", [...names.values()], names],
  },
  handleCast: {
    say(self, names, text) {
      if (text === "%crash") throw new Error("a text that nobody expected");
      for (const client of names.keys()) self.send(client, ["hear", text]);
      return ["noreply", names];
    },
  },
  handleInfo: {
    DOWN(_self, names, _ref, _type, pid) {
      kept = without(names, pid);
      return ["noreply", kept];
    },
  },
};

/** The tree of the chat: how its supervisor behaves, and whom it starts. */
export const chat: { flags: SupervisorFlags; children: ChildSpec[] } = {
  flags: { strategy: "one_for_one", intensity: 5 },
  children: [
    {
      id: "manager",
      start: (self) =>
        genServer.startLink(self, manager, [], { name: "manager" }),
    },
  ],
};
