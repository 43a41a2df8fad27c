// Misconception: what is begun has to be waited for before the next is begun
// Caught by: no room waits for another
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
  for (const [room, sensor] of rooms) {
    self.spawnMonitor(worker, self.pid, room, sensor);
    let isDone = false;
    while (!isDone) {
      yield* self.receive({
        average: (_room, degrees) => void outcomes.set(room, degrees),
        DOWN: (_ref, _type, _pid, reason) => {
          isDone = true;
          if (reason !== "normal") outcomes.set(room, ["crashed", reason]);
        },
      });
    }
  }
  return outcomes;
}
