import {
  createNode,
  type DownMessage,
  type Process,
  type Self,
} from "#runtime";
import { simulate } from "#runtime/testing";
import type { TcpMessage } from "./index.ts";

/** What the processes of the socket tests are sent, apart from data. */
export type TestMessage =
  | TcpMessage
  | DownMessage
  | readonly [tag: "note", ...fields: unknown[]];

type TestBody = (self: Self<TestMessage>) => Process;

/** Runs a body to its end and throws what it throws. */
export type World = (body: TestBody) => Promise<void>;

/** Both implementations, for suites that must hold for each. */
export const worlds: readonly (readonly [name: string, world: World])[] = [
  ["in memory, plain order", async (body) => void simulate(body, { seed: 0 })],
  [
    "in memory, 25 schedules",
    async (body) => void simulate(body, { schedules: 25 }),
  ],
  ["with the machine's sockets", onTheMachine],
];

/** Runs `body` in real time, on a node of its own. */
export function onTheMachine(body: TestBody): Promise<void> {
  const node = createNode({ logger: () => {} });
  return new Promise((resolve, reject) => {
    node.spawn(function* root(self: Self<never>): Process {
      self.spawnMonitor(body);
      yield* (self as unknown as Self<["DOWN", ...unknown[]]>).receive({
        DOWN: (_ref, _type, _pid, reason) => {
          if (reason === "normal") resolve();
          else reject(reason);
        },
      });
      node.stop();
    });
  });
}
