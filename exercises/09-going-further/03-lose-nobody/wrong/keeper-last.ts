// Misconception: whoever helps the manager comes after it
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

interface Keeper {
  call: {
    all(): Names;
    put(client: Client, name: string): "ok";
    drop(client: Pid): "ok";
  };
}

/** Keeps the list and does nothing else. */
const keeper: GenServer<Keeper, Names> = {
  name: "keeper",
  init: () => ["ok", new Map()],
  handleCall: {
    all: (_self, names) => ["reply", names, names],
    put: (_self, names, client, name) => [
      "reply",
      "ok",
      new Map(names).set(client, name),
    ],
    drop: (_self, names, client) => ["reply", "ok", without(names, client)],
  },
};

const manager: GenServer<Manager, Names> = {
  name: "manager",
  *init(self) {
    const names = yield* genServer.call<Keeper, "all">(self, "keeper", "all");
    for (const client of names.keys()) self.monitor(client);
    return ["ok", names];
  },
  handleCall: {
    *join(self, names, client, name) {
      const put = ["put", client, name] as const;
      yield* genServer.call<Keeper, typeof put>(self, "keeper", put);
      self.monitor(client);
      return ["reply", "ok", new Map(names).set(client, name)];
    },
    *leave(self, names, client) {
      const drop = ["drop", client] as const;
      yield* genServer.call<Keeper, typeof drop>(self, "keeper", drop);
      return ["reply", "ok", without(names, client)];
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
    *DOWN(self, names, _ref, _type, pid) {
      const drop = ["drop", pid] as const;
      yield* genServer.call<Keeper, typeof drop>(self, "keeper", drop);
      return ["noreply", without(names, pid)];
    },
  },
};

/** The tree of the chat: how its supervisor behaves, and whom it starts. */
export const chat: { flags: SupervisorFlags; children: ChildSpec[] } = {
  flags: { strategy: "rest_for_one", intensity: 5 },
  children: [
    {
      id: "manager",
      start: (self) =>
        genServer.startLink(self, manager, [], { name: "manager" }),
    },
    {
      id: "keeper",
      start: (self) =>
        genServer.startLink(self, keeper, [], { name: "keeper" }),
    },
  ],
};
