import { afterAll, expect, test } from "vitest";
import { forPlainNode } from "../plain-node.ts";
import { DrivenShell } from "./driven-shell.ts";

/** What is typed in the session that the introduction shows. */
const typed: readonly string[] = [
  "1 + 1",
  "self.pid",
  'send(self.pid, ["hello", 1])',
  "flush()",
  "function* echo(self: Self<[string, Pid]>): Process {",
  "  const [text, from] = yield* self.receive();",
  "  self.send(from, text);",
  "}",
  "const pid = spawn(echo)",
  "i()",
  'send(pid, ["anybody there?", self.pid])',
  "flush()",
  'throw new Error("a slip")',
  "self.pid",
  'self.spawnLink(function* bad() { throw new Error("a fall"); })',
  "self.pid",
];

const shell = new DrivenShell([await forPlainNode("chapters/shell.ts")]);
afterAll(() => shell.kill());

test("the session in the introduction is what the shell answers", async () => {
  await shell.prompt();
  for (const line of typed) await shell.type(line);
  shell.write("q()\n");
  expect(await shell.ended).toBe(0);
  const shown = shell.transcript
    .replace(/\n\d+> \n*$/, "\n")
    .replace(/^Let It Crash.*\n/, "");
  await expect(shown).toMatchFileSnapshot("../00-introduction/shell.out");
}, 30_000);
