import { describe, expect, test } from "vitest";
import { clipped } from "./diagram-columns.ts";
import type { DiagramEvent } from "./diagram-events.ts";
import { layoutOf } from "./diagram-layout.ts";
import type { Text } from "./diagram-shapes.ts";
import { pageOf, problemsIn } from "./sample-book.ts";

const [a, b, c] = ["<0.1.0>", "<0.2.0>", "<0.3.0>"];
const long = `["${"much ".repeat(20)}"]`;

// One event of every kind, and the shapes that are easily forgotten: to
// itself, to the world outside, never received, received late, very long.
const everything: DiagramEvent[] = [
  { atMs: 0, kind: "spawn", process: a, label: "main", parent: null },
  { atMs: 0, kind: "spawn", process: b, label: "server", parent: a },
  { atMs: 0, kind: "spawn", process: c, label: "worker", parent: b },
  { atMs: 0, kind: "register", process: b, name: "server" },
  { atMs: 0, kind: "link", from: b, to: c },
  { atMs: 0, kind: "monitor", from: a, to: c },
  { atMs: 1, kind: "send", id: 1, from: a, to: c, message: long },
  { atMs: 1, kind: "receive", id: 1, process: c, message: long },
  { atMs: 1, kind: "send", id: 2, from: a, to: b, message: '"late"' },
  { atMs: 1, kind: "send", id: 3, from: a, to: a, message: '"self"' },
  { atMs: 1, kind: "send", id: 4, from: null, to: b, message: '"<in>"' },
  { atMs: 1, kind: "timer", process: a, to: b, message: '"tick"', inMs: 5 },
  { atMs: 9, kind: "receive", id: 2, process: b, message: '"late"' },
  { atMs: 9, kind: "timeout", process: a },
  { atMs: 9, kind: "demonitor", from: a, to: c },
  { atMs: 9, kind: "unlink", from: b, to: c },
  { atMs: 9, kind: "unregister", process: b, name: "server" },
  { atMs: 9, kind: "exit", process: c, reason: '"boom"' },
  { atMs: 9, kind: "exit-signal", from: c, to: b, reason: '"boom"' },
  { atMs: 9, kind: "down", from: c, to: a, reason: '"boom"' },
];

const show = "[diagram: The run](run.trace.json)";
const traceOf = (events: unknown) => ({
  "run.trace.json": JSON.stringify(events),
});

describe("a diagram", () => {
  test("is the same to the byte from build to build", () => {
    const first = pageOf(show, traceOf(everything));
    expect(pageOf(show, traceOf(everything))).toBe(first);
    expect(first).toContain("<svg");
  });

  test("says all its events in words, in their order", () => {
    const html = pageOf(show, traceOf(everything));
    const items = [...html.matchAll(/<li>(\d+ ms: [^<]*)<\/li>/g)];
    expect(items).toHaveLength(everything.length);
    expect(items[0]?.[1]).toBe("0 ms: outside spawns main &lt;0.1.0&gt;");
    expect(items.at(-1)?.[1]).toBe(
      "9 ms: &lt;0.1.0&gt; learns that &lt;0.3.0&gt; is down: &quot;boom&quot;",
    );
  });

  test("has a title and ids of its own, twice on a page too", () => {
    const html = pageOf(`${show}\n\n${show}`, traceOf(everything));
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html).toContain('aria-labelledby="diagram-the-run-title');
  });

  test("takes its colours from the page, so that it suits both schemes", () => {
    const svg = pageOf(show, traceOf(everything)).match(
      /<svg[\s\S]*<\/svg>/,
    )?.[0];
    expect(svg).not.toMatch(/#[0-9a-f]{3,6}\b|rgb|(?:fill|stroke)="/i);
  });

  test("tells a signal from a message by a word, and not by colour alone", () => {
    const labels = layoutOf(everything).texts.map(({ full }) => full);
    expect(labels).toContain('signal "boom"');
    expect(labels).toContain('DOWN "boom"');
    expect(labels).toContain('"late"');
  });

  test("keeps its texts apart and inside the drawing", () => {
    const { texts, width, height } = layoutOf(everything);
    for (const text of texts) {
      const [from, to] = spanOf(text);
      expect(from, text.text).toBeGreaterThanOrEqual(0);
      expect(to, text.text).toBeLessThanOrEqual(width);
      expect(text.y, text.text).toBeLessThanOrEqual(height);
      for (const other of texts) {
        if (other === text || Math.abs(other.y - text.y) >= 12) continue;
        const [start, end] = spanOf(other);
        const apart = end <= from || start >= to;
        expect(apart, `"${text.text}" lies on "${other.text}"`).toBe(true);
      }
    }
  });

  test("ends a life at its cross and lets the others go on", () => {
    const { lifelines, crosses, height } = layoutOf(everything);
    const endOf = (process: string) =>
      lifelines.find((line) => line.process === process)?.endY;
    expect(endOf(c)).toBe(crosses[0]?.y);
    expect(endOf(a)).toBe(height - 8);
  });

  test("shows what nobody took as a letter in the mailbox", () => {
    const untaken = { atMs: 1, kind: "send", id: 7, from: a, to: b } as const;
    const { mailboxes } = layoutOf([{ ...untaken, message: '"hi"' }]);
    expect(mailboxes).toHaveLength(1);
    const taken = { atMs: 1, kind: "receive", id: 7, process: b } as const;
    const both = layoutOf([
      { ...untaken, message: '"hi"' },
      { ...taken, message: '"hi"' },
    ]);
    expect(both.mailboxes).toEqual([]);
  });
});

describe("a bad trace is an error with its place and its cure", () => {
  const cure = "Record the run again, or teach site/diagram-events.ts.";
  test.each([
    [
      "an unknown kind",
      [{ atMs: 0, kind: "toString" }],
      'event 1 has the unknown kind "toString".',
    ],
    [
      "a missing field",
      [{ atMs: 0, kind: "exit", process: a }],
      'event 1 (exit) needs a string as "reason".',
    ],
    [
      "a field of the wrong type",
      [everything[0], { atMs: "1", kind: "timeout", process: a }],
      'event 2 (timeout) needs a number as "atMs".',
    ],
    [
      "a process that is no pid",
      [{ atMs: 0, kind: "link", from: 1, to: b }],
      'event 1 (link) needs a pid or null as "from".',
    ],
    ["no event at all", [], "a trace is a list of at least one event."],
    ["no list", {}, "a trace is a list of at least one event."],
  ])("%s", (_, events, message) => {
    expect(problemsIn(show, traceOf(events))).toEqual([
      `trace chapters/01-one/run.trace.json:1: ${message} ${cure}`,
    ]);
  });

  test("no JSON", () => {
    const [problem] = problemsIn(show, { "run.trace.json": "{" });
    expect(problem).toMatch(
      /^trace .*run\.trace\.json:1: this is not JSON \(.+\)\./,
    );
  });
});

function spanOf({ x, width, anchor }: Text): [from: number, to: number] {
  const share = { start: 0, middle: 0.5, end: 1 }[anchor];
  return [x - width * share, x + width * (1 - share)];
}

test("a label that is too long leaves out who asks before what is asked", () => {
  const call = '["$gen_call", [<0.1.0>, #Ref<0.8>], ["place", "tea"]]';
  expect(clipped(call)).toBe('["$gen_call", …, ["place", "tea"]]');
  expect(clipped('["ok", #Ref<0.8>]')).toBe('["ok", #Ref<0.8>]');
  expect(clipped("x".repeat(50))).toBe(`${"x".repeat(37)}…`);
});
