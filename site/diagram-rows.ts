import { processesIn, sizes } from "./diagram-columns.ts";
import type { DiagramEvent } from "./diagram-events.ts";

/** The height of every event: a row each, in the order of the run. */
export function rowsOf(events: readonly DiagramEvent[]) {
  const y: number[] = [];
  const receivedAt = new Map<number, number>();
  let height = 0;
  const appearsLater = new Set(
    events.flatMap((event) => (event.kind === "spawn" ? [event.process] : [])),
  );
  const early = events.some((event) =>
    processesIn(event).some((process) => !appearsLater.has(process)),
  );
  if (early) height = sizes.boxHeight + 16;
  events.forEach((event, index) => {
    const before = events[index - 1];
    if (event.kind === "receive") {
      receivedAt.set(event.id, index);
      // A message taken at once is a level arrow: it needs no row of its own.
      if (
        before?.kind === "send" &&
        before.id === event.id &&
        before.atMs === event.atMs
      ) {
        y.push(y[index - 1] ?? 0);
        return;
      }
    }
    const own =
      event.kind === "spawn"
        ? sizes.spawnHeight
        : event.kind === "receive"
          ? sizes.receiveHeight
          : sizes.rowHeight;
    y.push(height + (event.kind === "spawn" ? own / 2 : own - 10));
    height += own;
  });
  return { y, receivedAt, height };
}
