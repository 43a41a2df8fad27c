import { expect, test } from "vitest";
import { failure, ok, SocketError } from "./result.ts";

/** What `ok` says about a failure. */
function said(reason: string): string {
  const attempt = { call: "connect", host: "192.0.2.1", port: 80 };
  try {
    ok(failure(reason, attempt));
  } catch (thrown) {
    if (thrown instanceof SocketError && thrown.code === reason) {
      return thrown.message;
    }
    throw thrown;
  }
  throw new Error("ok returned");
}

test("ok gives the value of a good result", () => {
  expect(ok(["ok", 7])).toBe(7);
});

test("the sentence says what happened, where, and what to do next", () => {
  expect(said("econnrefused")).toBe(
    "Nobody listens on port 80 on 192.0.2.1. Start the server first, or correct the port.",
  );
  expect(said("eacces")).toContain("Choose a port above 1023.");
  expect(said("nxdomain")).toContain("There is no host named 192.0.2.1.");
  expect(said("ehostunreach")).toContain("Check the address and the network.");
  expect(said("timeout")).toContain("Allow more time");
  expect(said("closed")).toContain("Open a new connection");
  expect(said("emsgsize")).toContain("use a wider header");
  expect(said("einval")).toContain("recv needs { active: false }");
  expect(said("ealready")).toContain("Let one process read.");
  expect(said("not_owner")).toContain("only the owner may give");
  expect(said("emfile")).toContain("Close those that are done with.");
});

test("a reason that has no sentence of its own is named", () => {
  expect(said("eproto")).toBe("connect failed: eproto.");
});

test("a failure is the plain pair, whatever it remembers", () => {
  expect(failure("closed", { call: "send" })).toEqual(["error", "closed"]);
  expect(() => ok(["error", "closed"])).toThrow(
    "The call: the socket is closed.",
  );
});
