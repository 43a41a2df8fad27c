import {
  type ChildSpec,
  type DownMessage,
  type ExitMessage,
  type GenServer,
  genServer,
  type Pid,
  type Process,
  type Self,
  supervisor,
} from "#runtime";
import type { Member, ToMember } from "./room.ts";
import type { Print } from "./rooms.ts";

type Names = ReadonlyMap<Member, string>;

// #region keeper
interface Keeper {
  call: { all(): Names; put(member: Member, name: string): "ok" };
  cast: { drop(member: Member): void };
}

/** Keeps the list and does nothing else, so there is little to go wrong. */
const keeper: GenServer<Keeper, Names> = {
  name: "keeper",
  init: () => ["ok", new Map()],
  handleCall: {
    all: (_self, names) => ["reply", names, names],
    put: (_self, names, member, name) => [
      "reply",
      "ok",
      new Map(names).set(member, name),
    ],
  },
  handleCast: {
    drop: (_self, names, gone) => [
      "noreply",
      new Map([...names].filter(([member]) => member !== gone)),
    ],
  },
};
// #endregion

// #region manager
interface Manager {
  call: { join(member: Member, name: string): "ok"; names(): string[] };
  cast: { say(text: string): void };
  info: DownMessage;
}

/** Does the work. After a crash it learns from the keeper who is there. */
export const manager: GenServer<Manager, Names> = {
  name: "manager",
  *init(self) {
    const names = yield* genServer.call<Keeper, "all">(self, "keeper", "all");
    // Whoever has died meanwhile is reported at once: DOWN with noproc.
    for (const member of names.keys()) self.monitor(member);
    return ["ok", names];
  },
  handleCall: {
    *join(self, names, member, name) {
      const put = ["put", member, name] as const;
      yield* genServer.call<Keeper, typeof put>(self, "keeper", put);
      self.monitor(member);
      return ["reply", "ok", new Map(names).set(member, name)];
    },
    names: (_self, names) => ["reply", [...names.values()], names],
  },
  handleCast: {
    say(self, names, text) {
      if (text === "%crash") throw new Error("a text that nobody expected");
      for (const member of names.keys()) self.send(member, ["hear", text]);
      return ["noreply", names];
    },
  },
  handleInfo: {
    DOWN(self, names, _ref, _type, pid) {
      const gone = pid as Member;
      genServer.cast<Keeper>(self, "keeper", ["drop", gone]);
      return ["noreply", new Map([...names].filter(([one]) => one !== gone))];
    },
  },
};
// #endregion

// #region crash
const children: ChildSpec[] = [
  {
    id: "keeper",
    start: (self) => genServer.startLink(self, keeper, [], { name: "keeper" }),
  },
  {
    id: "manager",
    start: (self) =>
      genServer.startLink(self, manager, [], { name: "manager" }),
  },
];

export function* crash(self: Self<ExitMessage>, print: Print): Process {
  self.trapExit(true);
  const flags = { strategy: "rest_for_one" } as const;
  const top = yield* supervisor.startLink(self, flags, children);
  if (top[0] !== "ok") return self.exit("no tree");
  const members: Pid[] = [];
  for (const name of ["Ann", "Bob", "Cid"]) {
    const member = self.spawn(listener, name, print);
    const join = ["join", member, name] as const;
    yield* genServer.call<Manager, typeof join>(self, "manager", join);
    members.push(member);
  }
  print("-- the manager crashes, and Bob goes at the same moment");
  genServer.cast<Manager>(self, "manager", ["say", "%crash"]);
  if (members[1]) self.sendExit(members[1], "kill");
  yield* self.sleep(10);
  genServer.cast<Manager>(self, "manager", ["say", "good evening"]);
  const names = yield* genServer.call<Manager, "names">(
    self,
    "manager",
    "names",
  );
  print(`It knows: ${names.join(", ")}`);
  yield* self.sleep(10);
  self.sendExit(top[1], "shutdown");
  yield* self.receive({ EXIT: () => {} });
}
// #endregion

function* listener(self: Self<ToMember>, name: string, print: Print): Process {
  return yield* self.receive({
    hear: (line) => {
      print(`${name} hears: ${line}`);
      return listener(self, name, print);
    },
  });
}
