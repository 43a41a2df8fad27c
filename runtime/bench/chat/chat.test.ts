import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EpmdServer } from "#runtime/distribution";
import { encode } from "../../../chapters/07-distributed-chat/wire.ts";
import { Frames, framed } from "./frames.ts";
import { Ledger } from "./ledger.ts";
import { type MeasuredChat, measureChat, type Phase } from "./measure.ts";
import { optionsIn, tooFewFiles } from "./options.ts";
import { bundle, startOurs } from "./our-server.ts";
import { heardIn, MOST_NUMBERS, spoken } from "./spoken.ts";
import { percentile, remarks, table } from "./table.ts";
import { cpuSecondsIn, megabytesIn } from "./usage.ts";

describe("the ledger", () => {
  /** Two clients; the first says three things, and each hears these numbers. */
  const found = (first: number[], second: number[]) => {
    const ledger = new Ledger(2);
    for (let i = 0; i < 3; i++) ledger.say(0);
    for (const number of first) ledger.hear(0, 0, number);
    for (const number of second) ledger.hear(1, 0, number);
    const { lost, outOfOrder, delivered } = ledger;
    return { lost, outOfOrder, delivered };
  };

  test("finds nothing where everybody has heard all in order", () => {
    expect(found([0, 1, 2], [0, 1, 2])).toEqual({
      lost: 0,
      outOfOrder: 0,
      delivered: 6,
    });
  });

  test.each([
    ["one in the middle is lost", [0, 2], 1, 0],
    ["the last one is lost", [0, 1], 1, 0],
    ["all are lost", [], 3, 0],
    ["two change places", [1, 0, 2], 0, 1],
    ["one comes twice", [0, 1, 1, 2], 0, 1],
    ["one comes twice in place of another", [0, 0, 2], 0, 1],
  ])("notices when %s", (_, second, lost, outOfOrder) => {
    const { lost: missing, outOfOrder: turned } = found([0, 1, 2], second);
    expect([missing, turned]).toEqual([lost, outOfOrder]);
  });

  test("speakers are not compared with one another", () => {
    const ledger = new Ledger(2);
    ledger.say(0);
    ledger.say(1);
    for (const [listener, speaker] of [
      [0, 1],
      [0, 0],
      [1, 0],
      [1, 1],
    ] as const) {
      ledger.hear(listener, speaker, 0);
    }
    expect([ledger.lost, ledger.outOfOrder]).toEqual([0, 0]);
  });
});

test("what is said is found in the frame that a chat makes of it, and nothing else is", () => {
  const heard = (text: string) => {
    const bytes = encode(["msg", text]);
    return heardIn(bytes, 0, bytes.length);
  };
  expect(heard(`client00042: ${spoken(42, 1_234_567)}`)).toBe(
    42 * MOST_NUMBERS + 1_234_567,
  );
  expect(heard("client00042 joined")).toBe(-1);
  expect(heard("client00042: #0004x/0000001")).toBe(-1);
  expect(heardIn(new Uint8Array(3), 0, 3)).toBe(-1);
});

test("frames come whole, in however many pieces they arrive", () => {
  const bytes = Buffer.concat(["one", "", "three"].map((text) => framed(text)));
  for (let size = 1; size <= bytes.length; size++) {
    const found: string[] = [];
    const frames = new Frames((all, start, end) =>
      found.push(Buffer.from(all.subarray(start, end)).toString()),
    );
    for (let at = 0; at < bytes.length; at += size) {
      frames.push(bytes.subarray(at, at + size));
    }
    expect(found).toEqual(["one", "", "three"]);
  }
});

describe("options", () => {
  test("have sane defaults, a quick size, and say what is wrong", () => {
    const full = { clients: 1_000, rate: 20, seconds: 10 };
    expect(optionsIn([])).toEqual(full);
    expect(optionsIn(["--rate", "5", "--clients", "9"])).toEqual({
      ...full,
      rate: 5,
      clients: 9,
    });
    expect(optionsIn(["--quick", "--seconds", "1"])).toEqual({
      clients: 100,
      rate: 20,
      seconds: 1,
    });
    expect(optionsIn(["--speed", "5"])).toMatch(/^There is no "--speed" here/);
    expect(optionsIn(["--rate", "fast"])).toMatch(/^--rate wants a number/);
    expect(optionsIn(["--clients"])).toBe("--clients wants a number above 0.");
    expect(optionsIn(["--clients", "0.5"])).toMatch(/^--clients wants/);
  });

  test("too few open files are a sentence that says what to do", () => {
    expect(tooFewFiles(1_000, 1_100)).toBeUndefined();
    expect(tooFewFiles(1_000, Number.NaN)).toBeUndefined();
    expect(tooFewFiles(1_000, 256)).toBe(
      "1000 clients need 1100 open files, and this shell allows 256. " +
        "Raise it with `ulimit -n 1100`, or take fewer: --clients 156",
    );
  });
});

describe("the table", () => {
  const phase: Phase = {
    seconds: 2,
    sent: 40,
    delivered: 4_000,
    latenciesMs: [4, 1, 3, 2],
    cpuSeconds: 0.04,
    driverBusy: 0.5,
  };
  const measured = (
    name: MeasuredChat["name"],
    change: Partial<MeasuredChat> = {},
  ): MeasuredChat => ({
    name,
    logInSeconds: 1,
    steady: phase,
    flatOut: phase,
    peakMegabytes: 80,
    lost: 0,
    outOfOrder: 0,
    ...change,
  });
  const options = { clients: 100, rate: 20, seconds: 2 };

  test("has a column for each, and a ratio in which more is better", () => {
    const fast = { ...phase, delivered: 8_000 };
    const erlang = measured("erlang", { peakMegabytes: 40, flatOut: fast });
    const text = table([measured("ours"), erlang], options);
    expect(text).toMatch(/^100 clients +ours +erlang +× erlang$/m);
    expect(text).toMatch(/latency, median \(ms\) +2\.0 +2\.0 +1\.00$/m);
    expect(text).toMatch(/99th percentile \(ms\) +4\.0 +4\.0 +1\.00$/m);
    expect(text).toMatch(/delivered, a second +2000 +4000 +0\.50$/m);
    expect(text).toMatch(/peak \(MB\) +80 +40 +0\.50$/m);
    expect(text).toMatch(/^lost +0 +0$/m);
  });

  test("has one column where there is no Erlang", () => {
    const text = table([measured("ours")], options);
    expect(text).not.toMatch(/erlang/);
    expect(text).toMatch(/delivered, a second +2000$/m);
  });

  test("is followed by what has gone wrong", () => {
    const busy = { ...phase, driverBusy: 0.97 };
    expect(remarks([measured("ours")])).toEqual([]);
    expect(
      remarks([measured("ours", { lost: 2, outOfOrder: 1, flatOut: busy })]),
    ).toEqual([
      "ours lost 2 and put 1 out of order: a mistake.",
      "The clients were 97 % busy with ours: it can do at least as much.",
    ]);
  });

  test("a percentile is a value that was measured", () => {
    const values = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect(percentile(values, 0.5)).toBe(100);
    expect(percentile(values, 0.99)).toBe(198);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

test("what a process has used is read from /proc, whatever its name is", () => {
  const stat = `7 (a) b) S ${"0 ".repeat(10)}150 25 0 0`;
  expect(cpuSecondsIn(stat)).toBeCloseTo(1.75);
  expect(megabytesIn("VmHWM:\t  2048 kB\nVmRSS:\t 1024 kB\n", "VmRSS")).toBe(1);
  expect(megabytesIn("", "VmRSS")).toBeNaN();
});

test("the bench runs: ten clients, two processes, nothing lost", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bench-chat-test-"));
  const epmd = await EpmdServer.start({ port: 0 });
  const server = await startOurs(bundle(folder), epmd.port);
  try {
    const options = { clients: 10, rate: 200, seconds: 0.1 };
    const measured = await measureChat(server, options);
    expect(measured.steady.sent).toBe(20);
    expect(measured.steady.delivered).toBe(200);
    expect(measured.flatOut.delivered).toBe(measured.flatOut.sent * 10);
    expect([measured.lost, measured.outOfOrder]).toEqual([0, 0]);
  } finally {
    await server.stop();
    await epmd.close();
    rmSync(folder, { recursive: true });
  }
}, 30_000);
