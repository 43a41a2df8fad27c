import {
  type ChildSpec,
  type DownMessage,
  type GenServer,
  genServer,
  type Pid,
  type Self,
  type Step,
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
    drop(client: Client): "ok";
  };
  info: DownMessage;
}

/** Keeps the list and watches who is in it. */
const keeper: GenServer<Keeper, Names> = {
  name: "keeper",
  init: () => ["ok", new Map()],
  handleCall: {
    all: (_self, names) => ["reply", names, names],
    put(self, names, client, name) {
      self.monitor(client);
      return ["reply", "ok", new Map(names).set(client, name)];
    },
    drop: (_self, names, client) => ["reply", "ok", without(names, client)],
  },
  handleInfo: {
    DOWN: (_self, names, _ref, _type, pid) => ["noreply", without(names, pid)],
  },
};

/** Keeps nothing: it asks each time. */
const manager: GenServer<Manager, null> = {
  name: "manager",
  init: () => ["ok", null],
  handleCall: {
    *join(self, none, client, name) {
      const put = ["put", client, name] as const;
      yield* genServer.call<Keeper, typeof put>(self, "keeper", put);
      return ["reply", "ok", none];
    },
    *leave(self, none, client) {
      const drop = ["drop", client] as const;
      yield* genServer.call<Keeper, typeof drop>(self, "keeper", drop);
      return ["reply", "ok", none];
    },
    *names(self, none) {
      return ["reply", [...(yield* everybody(self)).values()], none];
    },
  },
  handleCast: {
    *say(self, none, text) {
      if (text === "%crash") throw new Error("a text that nobody expected");
      const names = yield* everybody(self);
      for (const client of names.keys()) self.send(client, ["hear", text]);
      return ["noreply", none];
    },
  },
};

const everybody = (self: Self<DownMessage>): Step<Names> =>
  genServer.call<Keeper, "all">(self, "keeper", "all");

/** The tree of the chat: how its supervisor behaves, and whom it starts. */
export const chat: { flags: SupervisorFlags; children: ChildSpec[] } = {
  flags: { strategy: "one_for_one", intensity: 5 },
  children: [
    {
      id: "keeper",
      start: (self) =>
        genServer.startLink(self, keeper, [], { name: "keeper" }),
    },
    {
      id: "manager",
      start: (self) =>
        genServer.startLink(self, manager, [], { name: "manager" }),
    },
  ],
};
