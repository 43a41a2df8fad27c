// Misconception: a link that does not kill me has no effect
// Caught by: the office is left with nothing in its mailbox
import type {
  DownMessage,
  ExitReason,
  Pid,
  Process,
  Self,
  Step,
} from "#runtime";

export type ToOffice = [tag: "average", room: string, degrees: number];
export type Outcome = number | readonly [how: "crashed", reason: ExitReason];

/** Reads the thermometers of a room. It may wait, and it may fail. */
export type Sensor = (self: Self<never>) => Step<readonly string[]>;

export function averageOf(readings: readonly string[]): number {
  let sum = 0;
  for (const reading of readings) {
    if (!/^-?\d+$/.test(reading)) throw new Error(`"${reading}" is no number`);
    sum += Number(reading);
  }
  return sum / readings.length;
}

/** Reads one room, and tells the office its average. */
export function* worker(
  self: Self<never>,
  office: Pid<ToOffice>,
  room: string,
  sensor: Sensor,
): Process {
  const average = averageOf(yield* sensor(self));
  self.send(office, ["average", room, average]);
}

/** Has every room read by a worker of its own; gives what became of each. */
export function* survey(
  self: Self<ToOffice | DownMessage>,
  rooms: ReadonlyMap<string, Sensor>,
): Step<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const watched = new Map<unknown, string>();
  self.trapExit(true);
  for (const [room, sensor] of rooms) {
    const pid = self.spawnLink(worker, self.pid, room, sensor);
    const ref = self.monitor(pid);
    watched.set(ref, room);
  }
  while (watched.size > 0) {
    yield* self.receive({
      average: (room, degrees) => void outcomes.set(room, degrees),
      DOWN: (ref, _type, _pid, reason) => {
        const room = watched.get(ref) ?? "";
        watched.delete(ref);
        if (reason !== "normal") outcomes.set(room, ["crashed", reason]);
      },
    });
  }
  self.trapExit(false);
  return outcomes;
}
