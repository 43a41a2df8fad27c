import { createHash } from "node:crypto";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { deflateSync } from "node:zlib";
import { buildSync } from "esbuild";
import fc from "fast-check";
import { expect, test } from "vitest";
import { browserName, startChromium } from "../../../site/chromium.ts";
import * as inPage from "./bytes.ts";
import { isSameDigest, md5 } from "./digest.ts";
import { readAndWritten, tried } from "./tried.ts";

/** Fails if anything that a page loads would need Node. */
function bundled(): string {
  const [file] = buildSync({
    entryPoints: [join(import.meta.dirname, "tried.ts")],
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "page",
    write: false,
  }).outputFiles;
  return file?.text ?? "";
}

/** What a page has and JavaScript alone has not; nothing of Node. */
function emptyPage() {
  class Channel {
    readonly port1 = { onmessage: () => {} };
    readonly port2 = {
      postMessage: () => void setImmediate(() => this.port1.onmessage()),
    };
  }
  return createContext({
    TextEncoder,
    TextDecoder,
    crypto,
    performance,
    AbortController,
    structuredClone,
    queueMicrotask,
    setTimeout: (act: () => void, ms: number) => {
      setTimeout(act, ms).unref();
      return 0;
    },
    clearTimeout: () => {},
    MessageChannel: Channel,
  });
}

test("a page without Node writes the same bytes and holds the same conversation", async () => {
  const page = emptyPage();
  runInContext(bundled(), page);
  expect(runInContext("typeof Buffer + typeof process", page)).toBe(
    "undefinedundefined",
  );
  const there = await runInContext("page.tried()", page);
  const here = await tried();
  expect([...there].slice(-4)).toEqual([
    "pong",
    "41",
    "ok",
    '[["adder","two@page"],["shutdown","é"]]',
  ]);
  expect([...there]).toEqual(here);
  expect(here.length).toBeGreaterThan(50);
});

const missing = browserName === undefined && !process.env.CI;

test.skipIf(missing)(
  `so does ${missing ? "a browser, which is not on this machine" : "a real browser"}`,
  { timeout: 30_000 },
  async () => {
    const { tab, close } = await startChromium();
    try {
      await tab.evaluate(`${bundled()}; globalThis.page = page; undefined`);
      expect(await tab.evaluate("page.tried()")).toEqual(await tried());
    } finally {
      await close();
    }
  },
);

test("a page refuses a compressed term, and says so", () => {
  const page = emptyPage();
  runInContext(bundled(), page);
  // A list of 100 zeros, as term_to_binary(…, [compressed]) writes it.
  const plain = [107, 0, 100, ...new Uint8Array(100)];
  const small = deflateSync(Uint8Array.from(plain));
  const term = [131, 80, 0, 0, 0, plain.length, ...small];
  expect(readAndWritten(term)).toBe(readAndWritten([131, ...plain]));
  expect(runInContext(`page.readAndWritten([${term}])`, page)).toContain(
    "a page reads no compressed terms",
  );
});

test("MD5 in a page is MD5", () => {
  const hex = (text: string) => inPage.Buffer.from(md5(text)).toString("hex");
  expect(hex("")).toBe("d41d8cd98f00b204e9800998ecf8427e");
  expect(hex("message digest")).toBe("f96b697d7cb7938d525a2f31aaf161d0");
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(bytes, (some) => {
      const text = Buffer.from(some).toString("latin1");
      const real = createHash("md5").update(some).digest("hex");
      return hex(text) === real;
    }),
  );
});

test("digests are the same only if all of their bytes are", () => {
  const one = md5("one");
  expect(isSameDigest(one, md5("one"))).toBe(true);
  expect(isSameDigest(one, one.subarray(1))).toBe(false);
  for (let at = 0; at < 16; at++) {
    const other = one.slice();
    other[at] = (other[at] ?? 0) ^ 1;
    expect(isSameDigest(one, other)).toBe(false);
  }
});

test("a page's bytes answer as Node's", () => {
  const { Buffer: Page, isUtf8 } = inPage;
  const points = fc.array(fc.integer({ min: 0, max: 0x10ffff }));
  // Halves of pairs are among them, which no UTF-8 can say.
  const texts = points.map((all) => String.fromCodePoint(...all));
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 40 }),
      texts,
      (bytes, text) => {
        expect(answers(Page as never, bytes, text)).toEqual(
          answers(Buffer, bytes, text),
        );
        expect(isUtf8(bytes)).toBe(isUtf8Node(bytes));
      },
    ),
  );
  expect(Page.from("\ufeffa").toString()).toBe("\ufeffa");
  expect(isUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toBe(false);
});

function isUtf8Node(bytes: Uint8Array): boolean {
  return Buffer.from(Buffer.from(bytes).toString()).equals(Buffer.from(bytes));
}

/** What a Buffer says of these bytes and this text; only strings and numbers. */
function answers(Kind: typeof Buffer, bytes: Uint8Array, text: string) {
  const made = Kind.from(bytes);
  const encodings = ["utf8", "latin1", "hex"] as const;
  return [
    ...encodings.map((encoding) => made.toString(encoding, 1, 7)),
    ...encodings.map((encoding) =>
      Kind.from(made.toString(encoding), encoding).join(),
    ),
    made.readUInt16BE(1),
    made.readUInt32BE(2),
    String(made.readBigUInt64BE(0)),
    made.readDoubleBE(),
    Kind.byteLength(text),
    Kind.concat([made, Kind.from(text)]).join(),
  ];
}
