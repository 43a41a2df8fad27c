// Misconception: rooms of one house are restarted together
// Caught by: a crash in one room leaves the others alone
import {
  type ChildSpec,
  type ChildStart,
  type Pid,
  type Process,
  type Self,
  type StartResult,
  type Step,
  type Supervisor,
  supervisor,
} from "#runtime";

export type ToRoom = "close" | "crash";

/** A room is open until it is closed. */
export function* room(self: Self<ToRoom>): Process {
  yield* self.receive({ close: () => {}, crash: () => self.exit("crash") });
}

/** Starts the room of this name, for the supervisor whose `self` it gets. */
export function startRoom(self: Self<never>, name: string): ChildStart {
  const present = self.whereis(name);
  if (present) return ["error", ["already_started", present]];
  const pid = self.spawnLink(room);
  self.register(name, pid);
  return ["ok", pid];
}

/** Starts the supervisor of the rooms. There are none yet. */
export function openHouse(self: Self<never>): Step<StartResult<Supervisor>> {
  const flags = {
    strategy: "one_for_all",
    intensity: 5,
    periodMs: 10_000,
  } as const;
  return supervisor.startLink(self, flags, []);
}

/** The room of this name; it is opened if there is none. */
export function* enter(
  self: Self<never>,
  house: Supervisor,
  name: string,
): Step<Pid | undefined> {
  const spec: ChildSpec = {
    id: name,
    start: (it) => startRoom(it, name),
    restart: "transient",
  };
  const answer = yield* supervisor.startChild(self, house, spec);
  // A closed room is still listed, and is started again by its id.
  if (answer[0] === "error" && answer[1] === "already_present") {
    yield* supervisor.restartChild(self, house, name);
  }
  return self.whereis(name);
}
