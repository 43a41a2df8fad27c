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

// TODO(you): a crash takes the list along.
const manager: GenServer<Manager, Names> = {
  name: "manager",
  init: () => ["ok", new Map()],
  handleCall: {
    join(self, names, client, name) {
      self.monitor(client);
      return ["reply", "ok", new Map(names).set(client, name)];
    },
    leave: (_self, names, client) => ["reply", "ok", without(names, client)],
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
    DOWN: (_self, names, _ref, _type, pid) => ["noreply", without(names, pid)],
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
