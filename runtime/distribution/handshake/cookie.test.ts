import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { Cookie } from "./cookie.ts";
import { findCookie } from "./find-cookie.ts";

const secret = "SUPERSECRETCOOKIE";

test("a cookie answers a challenge with Erlang's digest", () => {
  const cookie = new Cookie(secret);
  const digest = cookie.digest(1055798589);
  expect(Buffer.from(digest).toString("hex")).toBe(
    "3b6817fc5020cb2bf6513c6617595a53",
  );
  expect(cookie.isAnsweredBy(1055798589, digest)).toBe(true);
  expect(cookie.isAnsweredBy(1055798590, digest)).toBe(false);
  expect(cookie.isAnsweredBy(1055798589, digest.subarray(1))).toBe(false);
});

test("a cookie shows itself to nobody", () => {
  const cookie = new Cookie(secret);
  const shown = [
    String(cookie),
    `${cookie}`,
    inspect(cookie, { showHidden: true, depth: 9 }),
    inspect({ deep: [cookie] }, { depth: 9 }),
    JSON.stringify({ cookie }),
    Object.values(cookie).join(),
    inspect(structuredClone({ ...cookie })),
  ];
  expect(shown.filter((text) => text.includes(secret))).toEqual([]);
  expect(String(cookie)).toBe("[the cookie]");
});

test("what cannot be a cookie is refused and not repeated", () => {
  for (const value of ["", "two\nlines", "snow☃man", "x".repeat(256)]) {
    let message = "";
    try {
      new Cookie(value);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^A cookie must be 1 to 255 Latin-1 characters/);
    if (value) expect(message).not.toContain(value);
  }
});

describe("the cookie to use", () => {
  const homes: string[] = [];
  afterEach(() => {
    for (const home of homes.splice(0)) rmSync(home, { recursive: true });
  });

  /** A home with a cookie file, which only its owner may read. */
  function homeWith(text?: string, mode = 0o400): string {
    const home = mkdtempSync(join(tmpdir(), "cookie-"));
    homes.push(home);
    if (text !== undefined) {
      writeFileSync(join(home, ".erlang.cookie"), text);
      chmodSync(join(home, ".erlang.cookie"), mode);
    }
    return home;
  }

  const isCookie = (found: Cookie, value: string) =>
    found.isAnsweredBy(1, new Cookie(value).digest(1));

  test("is the one given, then the variable's, then the file's", () => {
    const home = homeWith("FILE\n");
    const environment = { LET_IT_CRASH_COOKIE: "VARIABLE" };
    const given = findCookie({ cookie: "GIVEN", environment, home });
    expect(isCookie(given, "GIVEN")).toBe(true);
    expect(isCookie(findCookie({ environment, home }), "VARIABLE")).toBe(true);
    expect(isCookie(findCookie({ environment: {}, home }), "FILE")).toBe(true);
  });

  test("may stand in Erlang's configuration", () => {
    const home = homeWith();
    mkdirSync(join(home, ".config", "erlang"), { recursive: true });
    const path = join(home, ".config", "erlang", ".erlang.cookie");
    writeFileSync(path, "CONFIGURED", { mode: 0o400 });
    const found = findCookie({ environment: {}, home });
    expect(isCookie(found, "CONFIGURED")).toBe(true);
  });

  test("is missed with a sentence that says where it could be", () => {
    const home = homeWith();
    expect(() => findCookie({ environment: {}, home })).toThrow(
      `There is no cookie. Set LET_IT_CRASH_COOKIE, or start a node with "erl -sname x" once, which makes ${home}/.erlang.cookie.`,
    );
  });

  test("is not taken from a file that others may read", () => {
    const home = homeWith("FILE", 0o644);
    expect(() => findCookie({ environment: {}, home })).toThrow(
      expect.objectContaining({
        code: "bad_cookie_file",
        message: expect.stringContaining("must be accessible by owner only"),
      }),
    );
  });

  test("is not taken from something that cannot be read", () => {
    const home = homeWith();
    mkdirSync(join(home, ".erlang.cookie"), { mode: 0o700 });
    expect(() => findCookie({ environment: {}, home })).toThrow(
      expect.objectContaining({ code: "bad_cookie_file" }),
    );
  });

  test("is not taken from a file of something else, which is not repeated", () => {
    for (const text of ["", "\n", "one\ntwo\n", "caf\xe9"]) {
      const home = homeWith(text);
      expect(() => findCookie({ environment: {}, home })).toThrow(
        expect.objectContaining({
          code: "bad_cookie",
          message: expect.not.stringContaining("two"),
        }),
      );
    }
  });
});
