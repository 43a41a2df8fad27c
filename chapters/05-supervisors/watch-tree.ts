import { emitKeypressEvents } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { createNode, observe, type Report, sendExit } from "#runtime";
import { branches } from "./draw-tree.ts";
import { afterKey, screen, type View } from "./screen.ts";
import { endOf, startTop, type Teller } from "./top.ts";
import { specs } from "./tree.ts";
import { words } from "./worker.ts";

/** Where the tree is drawn and the keys come from. */
export interface Terminal {
  readonly input: Readable & { setRawMode?(isRaw: boolean): unknown };
  readonly output: Writable;
}

const REDRAWN_EVERY_MS = 250;
// Another screen without a cursor, and back to what was there before.
const ENTER = "\x1b[?1049h\x1b[?25l";
const LEAVE = "\x1b[?25h\x1b[?1049l";

/** Draws the running tree until the reader quits; then restores the terminal. */
export function watchTree({ input, output }: Terminal): Promise<void> {
  const log: string[] = [];
  const print = (line: string) => void log.push(line);
  const node = createNode({
    logger: (report) => {
      const line = inShort(report);
      if (line !== undefined) print(line);
    },
  });
  let view: View = { chosen: "S0", wants: "nothing" };
  const trees = () => observe(node).trees;

  const draw = () => {
    const lines = screen(trees(), view, log);
    // Each line is wiped to its end, and what is below it at last.
    output.write(
      `\x1b[H${lines.map((one) => `${one}\x1b[K\n`).join("")}\x1b[J`,
    );
  };
  const grow = () =>
    void node.spawn(function* grower(self: Teller) {
      const top = yield* startTop(self, {}, specs(print), "S0");
      print(`S0 has ended: ${words(yield* endOf(self, top))}`);
    });

  return new Promise((resolve) => {
    const timer = setInterval(draw, REDRAWN_EVERY_MS);
    const leave = () => void output.write(LEAVE);
    const onKey = (text: string, key: { name?: string; ctrl?: boolean }) => {
      const name = key.ctrl && key.name === "c" ? "q" : (key.name ?? text);
      view = afterKey(view, name, trees());
      if (view.wants === "new tree") grow();
      if (view.wants === "kill") {
        const found = branches(trees()).find(
          ({ path }) => path === view.chosen,
        );
        if (found?.node.pid) sendExit(found.node.pid, "kill");
      }
      if (view.wants === "quit") finish();
      else setImmediate(draw);
    };
    const finish = () => {
      clearInterval(timer);
      input.off("keypress", onKey);
      input.setRawMode?.(false);
      input.pause();
      process.off("exit", leave);
      leave();
      node.stop();
      resolve();
    };
    emitKeypressEvents(input);
    input.setRawMode?.(true);
    input.on("keypress", onKey);
    input.resume();
    // Should this program die of an error, the terminal is usable again.
    process.on("exit", leave);
    output.write(ENTER);
    grow();
    setImmediate(draw);
  });
}

/** What a supervisor reports, in a line. Others have nothing to say here. */
function inShort(report: Report): string | undefined {
  if (report.kind !== "report") return undefined;
  const field = (wanted: string) =>
    report.fields.find(([name]) => name === wanted)?.[1];
  const [who, what] = [field("supervisor"), field("error context")];
  if (what === undefined) return undefined;
  return `${who}: ${what} ${field("offender")}, ${words(field("reason"))}`;
}
