import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as inPage from "./bytes.ts";
import { isSameDigest, md5 } from "./digest.ts";

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
