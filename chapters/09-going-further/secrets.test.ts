import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  createNode,
  type DownMessage,
  formatReport,
  genServer,
  getState,
  getStatus,
  observe,
  type Process,
  type Report,
  type Self,
} from "#runtime";
import type { UserStore } from "./user-store.ts";
import { users } from "./users.ts";

const PASSWORD = "correct horse";
const cheap = { cost: 16, blockSize: 1, parallelization: 1 };

/** A store that fails as soon as it is asked. */
const broken: UserStore = {
  add: () => Promise.reject(new Error("the disk is full")),
  find: () => Promise.reject(new Error("the disk is gone")),
  close: async () => {},
};

/** Everything there is in a value, as far down as it goes. */
const laidOpen = (value: unknown) =>
  inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: null });

/** Asks with a password, lets the server fail, and collects what is shown. */
function shown(what: "signUp" | "logIn"): Promise<string[]> {
  const seen: string[] = [];
  const see = (report: Report) =>
    seen.push(formatReport(report), laidOpen(report));
  const node = createNode({
    name: "secrets@127.0.0.1",
    logger: see,
    tracer: (event) => void seen.push(laidOpen(event)),
  });
  return new Promise((resolve) => {
    node.spawn(function* main(self: Self<DownMessage>): Process {
      const started = yield* genServer.start(self, users, [broken, cheap]);
      if (started === "ignore" || started[0] === "error") {
        return self.exit(started);
      }
      const [, server] = started;
      self.spawn(function* person(it: Self<never>): Process {
        yield* genServer.call(it, server, [what, "Ann", () => PASSWORD]);
      });
      self.monitor(server);
      // The request has been taken, and its answer is under way.
      seen.push(laidOpen(yield* getState(self, server)));
      seen.push(laidOpen(yield* getStatus(self, server)));
      seen.push(laidOpen(observe(self)));
      yield* self.receive({ DOWN: () => {} });
      yield* self.sleep(1);
      node.stop();
      resolve(seen);
    });
  });
}

test.each(["signUp", "logIn"] as const)(
  "a %s that crashes shows its error, and its password to nobody",
  async (what) => {
    const seen = await shown(what);
    const all = seen.join("\n");
    // Else there was no crash, or nothing of it was looked at.
    for (const part of ["the disk is ", "=ERROR REPORT====", what, "Ann"]) {
      expect(all.includes(part), `"${part}" is shown`).toBe(true);
    }
    expect(all.includes(PASSWORD), "the password is shown").toBe(false);
  },
);
