// Misconception: whoever is in a room is linked to it
// Caught by: a visitor who crashes does not end the room
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
  const pattern: ChildSpec = {
    id: "room",
    start: startRoom,
    restart: "transient",
  };
  const flags = {
    strategy: "simple_one_for_one",
    intensity: 5,
    periodMs: 10_000,
  } as const;
  return supervisor.startLink(self, flags, [pattern]);
}

/** The room of this name; it is opened if there is none. */
export function* enter(
  self: Self<never>,
  house: Supervisor,
  name: string,
): Step<Pid | undefined> {
  const present = self.whereis(name);
  if (present) self.link(present);
  const answer = yield* supervisor.startChild(self, house, [name]);
  // Refused is who comes second; the room is there.
  return answer[0] === "ok" ? answer[1] : self.whereis(name);
}
