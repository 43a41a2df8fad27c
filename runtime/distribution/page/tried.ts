import {
  createNode,
  type GenServer,
  genServer,
  type Report,
  type Self,
} from "#runtime";
import {
  createCodec,
  memoryTransport,
  startDistribution,
} from "#runtime/distribution";
import { samples } from "../etf/samples.ts";
import { Cookie } from "../handshake/cookie.ts";

interface Adder {
  call: { add(amount: number): number };
}
const adder: GenServer<Adder, number, []> = {
  init: () => ["ok", 0],
  handleCall: { add: (_self, sum, n) => ["reply", sum + n, sum + n] },
};

/**
 * Tries the codec, the handshake and two connected nodes, and says what came
 * of it: the same in Node and in a page, which a test compares.
 */
export async function tried(): Promise<string[]> {
  return [...terms(), ...digests(), ...(await conversation())];
}

function terms(): string[] {
  return samples.map(({ hex }) => {
    const pairs = hex.match(/../g) ?? [];
    return readAndWritten(pairs.map((pair) => Number.parseInt(pair, 16)));
  });
}

/** The bytes of a term that was read and written again, or why it was not. */
export function readAndWritten(bytes: readonly number[]): string {
  const codec = createCodec();
  try {
    return codec.encode(codec.decode(Uint8Array.from(bytes))).join();
  } catch (error) {
    return String(error);
  }
}

function digests(): string[] {
  return ["crumbs", "\xe9t\xe9", "x".repeat(200)].map((value) =>
    Array.from(new Cookie(value).digest(2 ** 32 - 1)).join(),
  );
}

async function conversation(): Promise<string[]> {
  const names = ["one@page", "two@page"];
  const reports: Report[] = [];
  const logger = (report: Report) => void reports.push(report);
  const [one, two] = names.map((name) => createNode({ name, logger }));
  if (!one || !two) throw new Error("no nodes");
  const options = { cookie: "crumbs", transport: memoryTransport() };
  const here = await startDistribution(one, options);
  await startDistribution(two, options);
  two.spawn(function* (self: Self<unknown>) {
    yield* genServer.start(self, adder, [], { name: "adder" });
  });
  const said = await new Promise<string[]>((resolve, reject) => {
    one.spawn(function* (self: Self<unknown>) {
      try {
        const ping = yield* here.ping(self, "two@page");
        const there = ["adder", "two@page"] as const;
        const sum = yield* genServer.call<Adder, ["add", number]>(self, there, [
          "add",
          41,
        ]);
        self.monitor(there);
        const stopped = yield* genServer.stop(self, there, ["shutdown", "é"]);
        const down = (yield* self.receive()) as unknown[];
        resolve([ping, String(sum), stopped, JSON.stringify(down.slice(3))]);
      } catch (error) {
        reject(new Error(`${JSON.stringify(reports)} ${String(error)}`));
      }
    });
  });
  for (const node of [one, two]) node.stop();
  return said;
}
