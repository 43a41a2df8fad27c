import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, test, vi } from "vitest";
import {
  consult,
  format,
  type Process,
  type Self,
  type TraceEvent,
} from "#runtime";
import { connect, ok, recv, send } from "#runtime/net";
import { recording, SimulationError, simulate } from "#runtime/testing";
import { withListing, withoutErlang } from "../../runtime/real-erlang.ts";
import { whoIsNew } from "./door.ts";
import { evening } from "./evening.ts";
import { patience, ruin } from "./gives-up.ts";
import { operator, type ToOperator } from "./operator.ts";
import { OWN_FILE, readSettings, settingsFor } from "./read-settings.ts";
import { startRores } from "./rores-app.ts";
import { Secret } from "./secret.ts";
import { type Checked, check, DEFAULTS, type Settings } from "./settings.ts";
import { verdict } from "./validator.ts";

vi.setConfig({ testTimeout: 30_000 });
const here = import.meta.dirname;
const FOLDER = join(here, "config");

type Story = (self: Self<never>, print: (line: string) => void) => Process;

function told(story: Story): string {
  const lines: string[] = [];
  simulate((self: Self<never>) => story(self, (line) => lines.push(line)), {
    seed: 0,
  });
  return `${lines.join("\n")}\n`;
}

function sentence(result: Checked<unknown>): string {
  return result[0] === "error" ? result[1] : "ok";
}

function checked(text: string): Checked<Settings> {
  const result = consult(text);
  return result[0] === "ok" ? check(result[1]) : ["error", "syntax"];
}

test("each broken file is answered with the sentence the page shows", async () => {
  const files = readdirSync(FOLDER).filter((name) => name !== "server.config");
  const lines = [...files, "missing.config"].map((name) =>
    sentence(readSettings(join(FOLDER, name)))
      .replace(FOLDER + sep, "")
      .replace(/\. (?=There are|A name)/, ".\n  "),
  );
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("refused.out");
});

test("the chapter's own file is right, and its cookie is shown nowhere", () => {
  const result = readSettings(OWN_FILE);
  expect(sentence(result)).toBe("ok");
  const { cookie } = result[1] as Settings;
  expect(cookie?.reveal()).toBe("change me");
  expect(`${cookie} ${JSON.stringify(result)} ${format(result)}`).not.toContain(
    "change me",
  );
  expect(`${new Secret("x")}`).toBe("(secret)");
});

test("what is left out has its default, and the order does not matter", () => {
  expect(checked("[].")).toEqual(["ok", DEFAULTS]);
  const [, settings] = checked('[{port, 1}, {hostname, "localhost"}].');
  expect(settings).toEqual({ ...DEFAULTS, port: 1, hostname: "localhost" });
});

test.each(["{port, -1}", "{port, 65536}", "{port, 1.5}", "{server, 'a@b'}"])(
  "%s is refused",
  (entry) => {
    expect(sentence(checked(`[${entry}].`))).toMatch(/ has to be .*, and is /);
  },
);

test("a pair is a tuple of two, and a list is no pair", () => {
  expect(sentence(checked("[[port, 1]]."))).toBe(
    "Entry 1 is no pair {key, value}.",
  );
});

test("a file nobody asked for may be missing; one that was asked for may not", () => {
  const lines: string[] = [];
  const missing = join(FOLDER, "missing.config");
  const print = (line: string) => lines.push(line);
  expect(settingsFor(undefined, print, missing)).toEqual(["ok", DEFAULTS]);
  expect(lines).toEqual([`There is no ${missing}. The defaults hold.`]);
  expect(sentence(settingsFor(missing, print))).toContain("does not exist");
});

test("names are counted in characters", () => {
  expect(verdict("李小龍李小龍", 20)).toEqual(["ok"]);
  expect(verdict("", 20)).toEqual(["error", "A name cannot be empty."]);
  expect(verdict("Makiror", 6)).toEqual([
    "error",
    "A name has 6 to 6 characters.",
  ]);
});

test.each([
  ["evening.out", evening],
  ["who-is-new.out", whoIsNew],
  ["gives-up.out", patience],
] as const)("%s is what the program prints", async (file, story) => {
  await expect(told(story)).toMatchFileSnapshot(file);
});

test("a permanent application takes the node with it", async () => {
  const lines: string[] = [];
  const run = () =>
    simulate((self: Self<never>) => ruin(self, (line) => lines.push(line)), {
      seed: 0,
    });
  let reports = "";
  try {
    run();
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    const last = error.run.reports.at(-1);
    if (last?.kind === "report") {
      reports = `${last.title}\n  ${format(last.fields)}\n`;
    }
  }
  expect(lines.at(-1)).toMatch(/rores: has stopped|nobody is there/);
  await expect(reports).toMatchFileSnapshot("terminated.out");
});

function* hear(self: Self<never>, port: number, says: string[]) {
  const options = { packet: "line", active: false } as const;
  const socket = ok(yield* connect(self, "127.0.0.1", port, options));
  const heard: string[] = [];
  const next = function* () {
    const got = yield* recv(self, socket, 0, 100);
    if (got[0] === "ok") heard.push(new TextDecoder().decode(got[1]).trim());
    return got[0];
  };
  yield* next();
  for (const line of says) {
    yield* send(self, socket, `${line}\n`);
    yield* next();
  }
  return { heard, next };
}

test("a client is asked its name, joins, and is told when the server stops", () => {
  let heard: string[] = [];
  simulate(function* main(self: Self<never>): Process {
    const desk = {
      load: () => ["ok", DEFAULTS] as const,
      print: () => {},
      ended: () => {},
    };
    const boss = self.spawn(operator, desk, "temporary");
    yield* self.sleep(10);
    const client = yield* hear(self, 9527, ["Bob", "Makiror", "hello"]);
    ({ heard } = client);
    self.send(boss, "stop" satisfies ToOperator);
    while ((yield* client.next()) === "ok") {}
  });
  expect(heard).toEqual([
    "Who are you?",
    "A name has 6 to 20 characters.",
    "Who are you?",
    "Makiror joins",
    "Makiror: hello",
    "The server stops. Good-bye.",
  ]);
});

test("a restart reads the settings again, and a slip leaves all as it is", () => {
  const lines: string[] = [];
  const files: Checked<Settings>[] = [
    ["ok", DEFAULTS],
    ["error", "a slip."],
    ["ok", { ...DEFAULTS, port: 9528 }],
  ];
  simulate(function* main(self: Self<never>): Process {
    const desk = {
      load: () => files.shift() ?? (["error", "none left"] as const),
      print: (line: string) => void lines.push(line),
      ended: (why = "as it should") => void lines.push(`ended: ${why}`),
    };
    const boss = self.spawn(operator, desk, "temporary");
    for (const order of ["restart", "restart", "stop"] as const) {
      yield* self.sleep(10);
      self.send(boss, order);
    }
    yield* self.sleep(10);
  });
  expect(lines).toEqual([
    "rores_server@127.0.0.1 listens on port 9527",
    "Talk to it: npm run chapter 01 -- client 9527",
    "Not restarted. a slip.",
    "rores: going to stop",
    "rores: has stopped",
    "rores_server@127.0.0.1 listens on port 9528",
    "Talk to it: npm run chapter 01 -- client 9528",
    "rores: going to stop",
    "rores: has stopped",
    "ended: as it should",
  ]);
});

/** Who starts whom, and who says that it is ready; no links, no monitors. */
function births(trace: readonly TraceEvent[]): TraceEvent[] {
  const stage = trace[0]?.kind === "spawn" ? trace[0].pid : undefined;
  return trace.flatMap((event): TraceEvent[] => {
    switch (event.kind) {
      case "spawn": {
        if (event.pid === stage || event.label === "acceptor") return [];
        const { parent } = event;
        return [{ ...event, parent: parent === stage ? undefined : parent }];
      }
      case "send":
        return event.to === stage ? [] : [event];
      case "receive":
        return event.pid === stage ? [] : [event];
      case "register":
        return [event];
      default:
        return [];
    }
  });
}

test("the diagram is drawn from a run", async () => {
  const { trace } = simulate(
    function* main(self: Self<never>): Process {
      yield* startRores(self, DEFAULTS, "temporary", () => {});
    },
    { seed: 0 },
  );
  const json = `${JSON.stringify(recording(births(trace)), null, 1)}\n`;
  await expect(json).toMatchFileSnapshot("start.trace.json");
});

test.skipIf(withoutErlang)(
  "the Erlang twin reads and gives up likewise (needs erl)",
  () =>
    withListing(join(here, "rores_app.erl"), (folder) => {
      const run = (program: string) =>
        spawnSync("erl", ["-noshell", "-pa", folder, "-eval", program], {
          encoding: "utf8",
          cwd: folder,
          env: { ...process.env, ERL_CRASH_DUMP_BYTES: "0" },
        });
      const read = (name: string) =>
        run(
          `io:format("~0p", [rores_app:read("${join(FOLDER, name)}")]), halt().`,
        );
      expect(read("server.config").stdout).toBe("{ok,'127.0.0.1',9527}");
      expect(read("slashes.config").stdout).toContain("syntax error");
      expect(read("missing.config").stdout).toContain("no such file");
      const temporary = run("rores_app:gives_up(temporary), halt().");
      expect([temporary.status, temporary.stdout]).toEqual([
        0,
        "rores: has stopped\nthe node lives\n",
      ]);
      const permanent = run("rores_app:gives_up(permanent), halt().");
      expect(permanent.status).toBe(1);
      expect(permanent.stdout).not.toContain("the node lives");
    }),
);
