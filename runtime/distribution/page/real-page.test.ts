import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { browserName, startChromium } from "../../../site/chromium.ts";
import { term as anyTerm } from "../etf/generated-terms.ts";
import { createCodec } from "../etf/index.ts";
import { memoryTransport } from "../memory-transport.ts";
import { type PageBundle, pageBundle } from "./page-bundle.ts";
import * as inNode from "./two-nodes.ts";

/** What a page has besides JavaScript itself, as far as it is needed. */
const belongings = {
  TextDecoder,
  TextEncoder,
  crypto,
  performance,
  queueMicrotask,
  setTimeout,
  clearTimeout,
};

/** Calls an export of two-nodes.ts where that is not in this realm. */
type Ask = (name: keyof typeof inNode, ...args: unknown[]) => Promise<unknown>;

const expression = (name: string, args: readonly unknown[]) =>
  `Promise.resolve(page.${name}(...${JSON.stringify(args)})).then(JSON.stringify)`;

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const codec = createCodec();

let bundle: PageBundle;
beforeAll(async () => {
  bundle = await pageBundle();
});

/** The page's script in a context without Buffer, process and require. */
function bareContext(): Ask {
  const channels: MessageChannel[] = [];
  // A page ends with its channels; this program has to close them.
  onTestFinished(() => {
    for (const { port1 } of channels) port1.close();
  });
  class PageChannel extends MessageChannel {
    constructor() {
      super();
      channels.push(this);
    }
  }
  const context = createContext({
    ...belongings,
    MessageChannel: PageChannel,
  });
  runInContext(bundle.code, context);
  return async (name, ...args) =>
    JSON.parse(await runInContext(expression(name, args), context));
}

/** The handshake that chapter 7 shows: what each side is, hears and says. */
function recorded(): [caller: inNode.Side, called: inNode.Side, all: string[]] {
  const root = join(import.meta.dirname, "../../..");
  const file = "chapters/07-distributed-chat/handshake.recording.json";
  const said = JSON.parse(readFileSync(join(root, file), "utf8")) as {
    readonly from: "caller" | "called";
    readonly hex: string;
  }[];
  const from = (who: string) =>
    said.filter((one) => one.from === who).map(({ hex }) => hex);
  const [caller, called] = [from("caller"), from("called")];
  const number = (hex: string | undefined, at: number, digits = 8) =>
    Number(`0x${hex?.slice(at, at + digits)}`);
  const name = (hex: string | undefined, at: number) =>
    Buffer.from(hex?.slice(at) ?? "", "hex").toString("latin1");
  const names = [name(caller[0], 34), name(called[1], 42)] as const;
  return [
    {
      cookie: "rores",
      name: names[0],
      peer: names[1],
      creation: number(caller[0], 22),
      flags: String(number(caller[0], 6, 16)),
      challenge: number(caller[1], 6),
      heard: called,
    },
    {
      cookie: "rores",
      name: names[1],
      peer: names[0],
      creation: number(called[1], 30),
      flags: String(number(called[1], 6, 16)),
      challenge: number(called[1], 22),
      heard: caller,
    },
    [caller.join(""), "done", called.join(""), "done"],
  ];
}

/** What two nodes are to see of each other. */
const met = ["pong", ["b@127.0.0.1"], 37, "EXIT", true, ["shutdown", "tired"]];

describe("a page that is bundled as a site does it", () => {
  test("has nothing of Node in it, and none of what is for sockets", () => {
    expect(bundle.files).toContain("runtime/distribution/browser.ts");
    expect(bundle.files).toContain("runtime/distribution/page/bytes.ts");
    const strangers = bundle.files.filter(
      (file) => !/^runtime\/(?:core|otp|distribution|index)/.test(file),
    );
    expect(strangers).toEqual([]);
    const sockets =
      /epmd|doorway|(?<!page)\/(?:bytes|digest|inflate|socket-transport)\./;
    expect(bundle.files.filter((file) => sockets.test(file))).toEqual([]);
  });

  test("reads and writes every sample as Node's codec does", async () => {
    const ask = bareContext();
    const its = inNode.samplesWritten();
    expect(await ask("samplesWritten")).toEqual(its);
    expect(its.length).toBeGreaterThan(100);
  });

  test("reads and writes terms made up at random as Node's codec does", async () => {
    const ask = bareContext();
    const terms = fc.sample(anyTerm, { numRuns: 300, seed: 7 });
    const hexes = terms.map((term) => hexOf(codec.encode(term)));
    const its = inNode.writtenAgain(hexes);
    expect(await ask("writtenAgain", hexes)).toEqual(its);
    expect(its.filter((written) => written.includes(":"))).toEqual([]);
  });

  test("refuses a compressed term, and says what to do", async () => {
    const term = codec.encode("a".repeat(100)).subarray(1);
    const head = Buffer.from([131, 80, 0, 0, 0, term.length]);
    const hex = hexOf(Buffer.concat([head, deflateSync(term)]));
    expect(inNode.writtenAgain([hex])).toEqual([`83${hexOf(term)}`]);
    expect(await bareContext()("writtenAgain", [hex])).toEqual([
      expect.stringMatching(/^bad_compressed: .*send it without `compressed`/),
    ]);
  });

  test("says in a recorded handshake what was said, on both sides", async () => {
    const [caller, called, all] = recorded();
    expect(inNode.said(caller, called)).toEqual(all);
    expect(await bareContext()("said", caller, called)).toEqual(all);
  });

  test("lets two nodes meet on a network that is there by itself", async () => {
    expect(await bareContext()("meet", { cookie: "secret" })).toEqual(met);
    const options = { cookie: "secret", transport: memoryTransport() };
    expect(await inNode.meet(options)).toEqual(met);
  });

  test("has no cookie but the one that is given", async () => {
    expect(await bareContext()("withoutCookie")).toBe("no_cookie");
  });
});

// A limit for a busy machine, where a browser starts slowly.
const limit = { timeout: 30_000 };
const missing = browserName === undefined && !process.env.CI;
const why = missing ? "no chromium on this machine" : "in chromium";

test.skipIf(missing)(
  `a real page does all the same (${why})`,
  limit,
  async () => {
    const browser = await startChromium();
    onTestFinished(() => browser.close());
    const { tab } = browser;
    await tab.evaluate(`${bundle.code}; globalThis.page = page; undefined`);
    const ask: Ask = async (name, ...args) =>
      JSON.parse(await tab.evaluate<string>(expression(name, args)));
    const [caller, called, all] = recorded();
    expect(await ask("samplesWritten")).toEqual(inNode.samplesWritten());
    expect(await ask("said", caller, called)).toEqual(all);
    expect(await ask("meet", { cookie: "secret" })).toEqual(met);
    expect(await ask("withoutCookie")).toBe("no_cookie");
  },
);
