import type { DiagramEvent } from "./diagram-events.ts";

export const sizes = {
  character: 7.3,
  rowHeight: 34,
  spawnHeight: 62,
  receiveHeight: 22,
  boxHeight: 38,
  timeWidth: 72,
  gap: 20,
  longest: 38,
} as const;

/** The place of every process, far enough apart for the texts between them. */
export function columnsOf(events: readonly DiagramEvent[]) {
  const labels = new Map<string, string>();
  for (const event of events) {
    for (const process of processesIn(event)) {
      if (!labels.has(process)) labels.set(process, "");
    }
    if (event.kind === "spawn") labels.set(event.process, event.label);
  }
  const order = [...labels.keys()];
  const place = new Map(order.map((process, index) => [process, index]));
  const outside = events.some(
    (event) =>
      ("from" in event && event.from === null) ||
      ("to" in event && event.to === null),
  );
  const left = sizes.timeWidth + (outside ? 60 : 0);
  const boxes = order.map((process) =>
    boxWidthOf(labels.get(process) ?? "", process),
  );
  const gaps = order.map(
    (_, index) =>
      ((boxes[index] ?? 0) + (boxes[index + 1] ?? 0)) / 2 + sizes.gap,
  );
  let beforeFirst = (boxes[0] ?? 0) / 2;
  for (const event of events) {
    const [a, b, text] = demand(event);
    const width = widthOf(clipped(text)) + 36;
    if (a === null && b === null) continue;
    const one = a === null ? -1 : (place.get(a) ?? -1);
    const two = b === null ? -1 : (place.get(b) ?? -1);
    const [low, high] = one < two ? [one, two] : [two, one];
    if (low === high) {
      gaps[low] = Math.max(gaps[low] ?? 0, width);
    } else if (low < 0) {
      beforeFirst = Math.max(beforeFirst, width - 60);
    } else {
      // Widen the first gap of a long way, if all of them are too narrow.
      const have = gaps.slice(low, high).reduce((sum, gap) => sum + gap, 0);
      if (have < width) gaps[low] = (gaps[low] ?? 0) + width - have;
    }
  }
  const positions: number[] = [];
  let next = left + beforeFirst;
  for (const gap of gaps) {
    positions.push(Math.round(next));
    next += gap;
  }
  const x = (process: string | null) =>
    process === null
      ? sizes.timeWidth
      : (positions[place.get(process) ?? 0] ?? 0);
  return { labels, x, width: Math.ceil(next) };
}

type Reasoned = Extract<DiagramEvent, { kind: "exit-signal" | "down" }>;

/** A text that needs room, from one lifeline to another or beside one. */
type Demand = [from: string | null, to: string | null, text: string];

function demand(event: DiagramEvent): Demand {
  switch (event.kind) {
    case "send":
      return between(event, event.message);
    case "exit-signal":
    case "down":
      return between(event, saidBy(event));
    case "link":
    case "unlink":
    case "monitor":
    case "demonitor":
      return between(event, event.kind);
    case "exit":
      return [event.process, event.process, `exit ${event.reason}`];
    case "register":
    case "unregister":
      return [event.process, event.process, `${event.kind} ${event.name}`];
    case "timeout":
      return [event.process, event.process, "after: time is up"];
    case "timer": {
      const text = `in ${event.inMs} ms: ${event.message}`;
      return [event.process, event.process, text];
    }
    default:
      return [null, null, ""];
  }
}

/** A word beside the reason: it looks like a message, but for its colour. */
export function saidBy(event: Reasoned): string {
  return `${event.kind === "down" ? "DOWN" : "signal"} ${event.reason}`;
}

function between(
  { from, to }: { from: string | null; to: string | null },
  text: string,
): Demand {
  return [from, to, from === to ? `to itself: ${text}` : text];
}

/** Who takes part in an event. */
export function processesIn(event: DiagramEvent): string[] {
  const ends = "process" in event ? [event.process] : [event.from, event.to];
  if (event.kind === "spawn") ends.unshift(event.parent);
  return ends.filter((end) => end !== null);
}

export function boxWidthOf(label: string, process: string): number {
  const widths = [label, process].map((text) => widthOf(clipped(text)));
  return Math.ceil(Math.max(...widths)) + 20;
}

/** How wide a text is drawn, in px: its letters are all of one width. */
export function widthOf(text: string): number {
  return text.length * sizes.character;
}

/** A text as there is room for it; what it is about is left out last. */
export function clipped(text: string): string {
  if (text.length <= sizes.longest) return text;
  const short = text
    .replace(/\[<[\d.]+>, #Ref<[\d.]+>\]/g, "…")
    .replace(/#Ref<[\d.]+>/g, "…");
  if (short.length <= sizes.longest) return short;
  return `${short.slice(0, sizes.longest - 1)}…`;
}
