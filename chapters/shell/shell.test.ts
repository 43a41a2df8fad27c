import { afterAll, afterEach, expect, test } from "vitest";
import { forPlainNode } from "../plain-node.ts";
import { DrivenShell } from "./driven-shell.ts";
import { Evaluator } from "./evaluate.ts";
import { historyFile } from "./history.ts";
import { strip } from "./typescript.ts";

// The same shell, started faster. It has a runtime of its own, and so nothing
// here may ask it for a chapter: that is done in the conversation.
const bundle = await forPlainNode("chapters/shell.ts");
let shell: DrivenShell | undefined;
let shared: DrivenShell | undefined;
afterEach(() => shell?.kill());
afterAll(() => shared?.kill());

/** Types the lines into a new shell; gives what each of them printed. */
function session(...lines: string[]): Promise<string[]> {
  shell = new DrivenShell([bundle]);
  return typeAll(shell, lines);
}

/** The same in one shell for all, where nothing depends on its being new. */
function conversation(...lines: string[]): Promise<string[]> {
  shared ??= new DrivenShell();
  return typeAll(shared, lines);
}

async function typeAll(into: DrivenShell, lines: string[]): Promise<string[]> {
  const printed: string[] = [];
  for (const line of lines) printed.push(await into.type(line));
  return printed;
}

const LIMIT_MS = 30_000;

test(
  "types are taken out, const may be said again, and await stands alone",
  async () => {
    expect(
      await conversation(
        "const a: number = 1",
        "const a: string = 'two'",
        "a",
        "await Promise.resolve(-3)",
        "{ a }",
      ),
    ).toEqual(["", "", "'two'", "-3", "{ a: 'two' }"]);
  },
  LIMIT_MS,
);

test(
  "a function may go over several lines",
  async () => {
    expect(
      await conversation(
        "function twice(n: number) {",
        "return 2 * n;",
        "}",
        "twice(4)",
      ),
    ).toEqual(["", "", "", "8"]);
  },
  LIMIT_MS,
);

test(
  "the prompt is a process: what it is sent waits until it is flushed",
  async () => {
    const printed = await session(
      "self.pid",
      'send(self.pid, ["hello", self.pid])',
      'send(self.pid, "again")',
      "flush()",
      "flush()",
    );
    expect(printed[0]).toBe("<0.2.0>");
    expect(printed[3]).toBe('Shell got ["hello", <0.2.0>]\nShell got "again"');
    expect(printed[4]).toBe("");
  },
  LIMIT_MS,
);

test(
  "self prints as in a body, and is no address, which is said",
  async () => {
    const noAddress =
      "** exception error: RuntimeError: send: self is no address. Write self.pid.";
    expect(
      await session(
        "self",
        'send(self, "hi")',
        'self.send(self, "hi")',
        "self.link(self)",
        "send(self.pid, self); flush()",
      ),
    ).toEqual([
      "the self of <0.2.0>",
      noAddress,
      noAddress,
      "** exception error: RuntimeError: link: the self of <0.2.0> is not a pid.",
      "Shell got the self of <0.2.0>",
    ]);
  },
  LIMIT_MS,
);

test(
  "receive picks what a clause names, waits no longer than it is told",
  async () => {
    const printed = await conversation(
      'send(self.pid, ["noise", 1]); send(self.pid, ["sum", 5])',
      "await receive({ sum: (n: number) => n + 1 })",
      'const late = await receive({ sum: () => "sum" }, after(1, () => "late"))',
      "late",
      "flush()",
    );
    expect(printed.slice(1)).toEqual([
      "6",
      "",
      "'late'",
      'Shell got ["noise", 1]',
    ]);
  },
  LIMIT_MS,
);

test(
  "an expression that throws harms neither the prompt nor what it spawned",
  async () => {
    const printed = await conversation(
      "const before = self.pid; const p = spawn(function* idle(me) { yield* me.receive(); })",
      'throw new Error("oops")',
      "nowhere",
      'throw ["a", 1]',
      "1 +* 2",
      "[self.pid === before, isProcessAlive(p)]",
    );
    expect(printed.slice(1)).toEqual([
      "** exception error: Error: oops",
      "** exception error: ReferenceError: nowhere is not defined",
      '** exception throw: ["a", 1]',
      '* Unexpected "*"',
      "[ true, true ]",
    ]);
  },
  LIMIT_MS,
);

test(
  "a crash that comes over a link ends the prompt's process; a new one follows",
  async () => {
    const printed = await session(
      'self.spawnLink(function* bad() { throw new Error("boom"); })',
      "self.pid",
      'self.exit("enough")',
      "self.pid",
    );
    expect(printed[0]).toContain("** exception exit: Error: boom");
    expect(printed[1]).toBe("<0.4.0>");
    expect(printed[2]).toBe('** exception exit: "enough"');
    expect(printed[3]).toBe("<0.5.0>");
    expect(shell?.errors).toContain("Error in process <0.3.0> (bad)");
  },
  LIMIT_MS,
);

test(
  "a prompt that traps exits gets them as messages and lives",
  async () => {
    const printed = await session(
      "self.trapExit(true)",
      'self.spawnLink(function* bad(me) { me.exit("why"); })',
      "flush()",
      "self.pid",
    );
    expect(printed[2]).toBe('Shell got ["EXIT", <0.3.0>, "why"]');
    expect(printed[3]).toBe("<0.2.0>");
  },
  LIMIT_MS,
);

test(
  "i lists the processes, regs the names",
  async () => {
    const [, , processes, names] = await session(
      'self.register("me")',
      'send("me", "hello")',
      "i()",
      "regs()",
    );
    expect(processes).toMatch(/^<0\.2\.0> +shell +me +1 +away$/m);
    expect(names).toMatch(/^me +<0\.2\.0> +shell$/m);
  },
  LIMIT_MS,
);

test(
  "c brings a chapter's functions into scope and says which",
  async () => {
    const printed = await conversation(
      'c("02")',
      "spawn(ping, 1, spawn(pong, console.log), console.log)",
      'c("99")',
    );
    expect(printed[0]).toContain("pingpong.ts: ping, pong");
    expect(printed[1]).toContain(
      "Pong 1\nPing 1\nPing stop\nPong received stop",
    );
    expect(printed[2]).toContain('There is no chapter "99"');
  },
  LIMIT_MS,
);

test.each([
  ["q()", "q()\n"],
  [".exit", ".exit\n"],
  ["the end of the input", ""],
])(
  "%s ends it with code 0, and what was typed before is answered",
  async (_name, last) => {
    shell = new DrivenShell([bundle]);
    await shell.prompt();
    shell.write(`self.sleep(1)\n6 * 7\n${last}`);
    shell.endInput();
    expect(await shell.ended).toBe(0);
    expect(shell.transcript).toContain("42");
  },
  LIMIT_MS,
);

test("a text that only needs another line is told from a mistake", () => {
  expect(strip("function* f(").kind).toBe("incomplete");
  expect(strip("`a").kind).toBe("incomplete");
  expect(strip("1 +* 2").kind).toBe("mistake");
  expect(strip("type A = string")).toMatchObject({ kind: "code", code: "" });
});

test("the history lies in the state folder, wherever that is", () => {
  expect(historyFile({}, "/home/ann")).toBe(
    "/home/ann/.local/state/let-it-crash/shell_history",
  );
  expect(historyFile({ XDG_STATE_HOME: "/s" }, "/home/ann")).toBe(
    "/s/let-it-crash/shell_history",
  );
});

test(
  "what another prompt would understand is answered with advice",
  async () => {
    const [help, q, exit, brought, called] = await session(
      "help",
      "q",
      "exit()",
      'import { after } from "#runtime"',
      "(function* body() {})()",
    );
    expect(help).toContain("You are a process.");
    expect(q).toBe("q() leaves.");
    expect(exit).toContain("* q() leaves.");
    expect(brought).toContain('All of "#runtime" is here already');
    expect(called).toContain("spawn(body, …) starts one.");
  },
  LIMIT_MS,
);

test.each([
  ["yield* self.receive({ hi: () => 1 })", "await stands in place of yield*"],
  ["const x = yield* self.sleep(10)", "await self.sleep(ms)"],
  ["yield self.receive()", "await receive(…)"],
  [
    "genServer.call(self, self.pid, 1)",
    "* Only a body has the self that this takes",
  ],
])(
  "%s, which only a body can do, is answered with advice",
  async (typed, advice) => {
    const [printed] = await conversation(typed);
    expect(printed).toContain(advice);
  },
  LIMIT_MS,
);

test("an expression that never ends is stopped", async () => {
  const evaluator = new Evaluator(50);
  const outcome = await evaluator.evaluate("for (;;) {}");
  expect(outcome.kind).toBe("thrown");
  expect(`${(outcome as { thrown: unknown }).thrown}`).toBe(
    "EndlessLoop: stopped after 50 ms, in which nobody else could run",
  );
  expect(await evaluator.evaluate("1 + 1")).toEqual({
    kind: "value",
    value: 2,
  });
});
