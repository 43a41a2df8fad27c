// Misconception: whoever crashes alone is started alone, so one row is enough
// Caught by: a desk that crashes is there again, with a new board
import {
  type ChildSpec,
  type ChildStart,
  type Self,
  type StartResult,
  type Step,
  type Supervisor,
  supervisor,
} from "#runtime";

/** How the two processes of a room are started. */
export interface Starts {
  readonly desk: (self: Self<never>, room: string) => ChildStart;
  /** Looks up the desk of its room, so that has to be there. */
  readonly board: (self: Self<never>, room: string) => ChildStart;
}

/** Opens a house with these rooms. */
export function openHouse(
  self: Self<never>,
  starts: Starts,
  rooms: readonly string[],
): Step<StartResult<Supervisor>> {
  const children = rooms.flatMap((room): ChildSpec[] => [
    { id: `desk of ${room}`, start: (it) => starts.desk(it, room) },
    { id: `board of ${room}`, start: (it) => starts.board(it, room) },
  ]);
  const flags = {
    strategy: "one_for_one",
    intensity: 3,
    periodMs: 10_000,
  } as const;
  return supervisor.startLink(self, flags, children);
}
