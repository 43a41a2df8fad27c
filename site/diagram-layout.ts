import {
  boxWidthOf,
  clipped,
  columnsOf,
  saidBy,
  sizes,
  widthOf,
} from "./diagram-columns.ts";
import type { DiagramEvent } from "./diagram-events.ts";
import { rowsOf } from "./diagram-rows.ts";
import type { Arrow, Layout, Lifeline, Point, Text } from "./diagram-shapes.ts";

/**
 * Lays out a run: a column per process in order of appearance, a row per
 * event. A row holds one text at most, and columns stand far enough apart for
 * the longest between them, so that texts cannot overlap.
 */
export function layoutOf(events: readonly DiagramEvent[]): Layout {
  const rows = rowsOf(events);
  const columns = columnsOf(events);
  const height = rows.height + 24;
  const x = columns.x;
  const lifelines = new Map<
    string,
    { -readonly [K in keyof Lifeline]: Lifeline[K] }
  >();
  const arrows: Arrow[] = [];
  const crosses: Point[] = [];
  const mailboxes: Point[] = [];
  const texts: Text[] = [];

  for (const [process, label] of columns.labels) {
    const at = events.findIndex(
      (event) => event.kind === "spawn" && event.process === process,
    );
    const y = at < 0 ? 8 : (rows.y[at] ?? 0) - sizes.boxHeight / 2;
    const boxWidth = boxWidthOf(label, process);
    lifelines.set(process, {
      process,
      label,
      x: x(process),
      y,
      boxWidth,
      endY: height - 8,
    });
  }
  let shownMs = Number.NaN;
  for (const [index, event] of events.entries())
    draw(event, rows.y[index] ?? 0);
  const { width } = columns;
  return {
    width,
    height,
    lifelines: [...lifelines.values()],
    arrows,
    crosses,
    mailboxes,
    texts,
  };

  function draw(event: DiagramEvent, y: number): void {
    if (event.atMs !== shownMs) {
      shownMs = event.atMs;
      say("time", `${event.atMs} ms`, 8, y + 4, "start");
    }
    switch (event.kind) {
      case "spawn": {
        if (event.parent === null) return;
        const half = boxWidthOf(event.label, event.process) / 2;
        const [from, to] = [x(event.parent), x(event.process)];
        const edge = to > from ? to - half : to + half;
        arrows.push({
          kind: "spawn",
          from: { x: from, y },
          to: { x: edge, y },
        });
        return;
      }
      case "send": {
        const taken = rows.receivedAt.get(event.id);
        const endY = taken === undefined ? y : (rows.y[taken] ?? y);
        arrow("message", event.from, event.to, y, endY, event.message);
        if (taken === undefined) mailboxes.push({ x: x(event.to), y });
        return;
      }
      case "receive":
        return;
      case "exit": {
        crosses.push({ x: x(event.process), y });
        const line = lifelines.get(event.process);
        if (line) line.endY = y;
        return note(event.process, `exit ${event.reason}`, y);
      }
      case "exit-signal":
      case "down":
        return arrow("signal", event.from, event.to, y, y, saidBy(event));
      case "link":
      case "unlink":
      case "monitor":
      case "demonitor":
        return arrow("bond", event.from, event.to, y, y, event.kind);
      case "register":
      case "unregister":
        return note(event.process, `${event.kind} ${event.name}`, y);
      case "timeout":
        return note(event.process, "after: time is up", y);
      case "timer":
        return note(event.process, `in ${event.inMs} ms: ${event.message}`, y);
    }
  }

  function arrow(
    kind: Arrow["kind"],
    from: string | null,
    to: string | null,
    y: number,
    endY: number,
    text: string,
  ): void {
    const [start, end] = [x(from), x(to)];
    if (start === end) return note(from, `to itself: ${text}`, y);
    arrows.push({ kind, from: { x: start, y }, to: { x: end, y: endY } });
    const right = end > start;
    const flat = y === endY;
    const at = flat ? (start + end) / 2 : start + (right ? 8 : -8);
    say("message", text, at, y - 7, flat ? "middle" : right ? "start" : "end");
  }
  function note(process: string | null, text: string, y: number): void {
    say("note", text, x(process) + 12, y + 4, "start");
  }
  function say(
    role: Text["role"],
    full: string,
    at: number,
    y: number,
    anchor: Text["anchor"],
  ): void {
    const text = clipped(full);
    const width = widthOf(text);
    texts.push({ role, text, full, x: at, y, anchor, width });
  }
}
