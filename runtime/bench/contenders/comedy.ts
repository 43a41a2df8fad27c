import { type Measurement, type Play, Stopwatch } from "../measurement.ts";
import { SENDERS } from "../work/fan-in.ts";
import { MEMBERS } from "../work/ring.ts";

/** What is used of comedy 2, which is not among our dependencies. */
type Definition = Record<string, (...fields: never[]) => unknown>;
interface Actor {
  send(topic: string, ...fields: unknown[]): void;
  sendAndReceive(topic: string, ...fields: unknown[]): Promise<number>;
  createChild(definition: Definition): Promise<Actor>;
}
export interface Comedy {
  createSystem(options: { test: boolean }): { rootActor(): Promise<Actor> };
}
type Answer = (value: number) => void;

/** The works that comedy has the means for, with actors in this process. */
export function comedy({ createSystem }: Comedy) {
  const measure =
    (run: (root: Actor, size: number, answer: Answer) => Promise<void>): Play =>
    async (size) => {
      // In a test system it keeps its log to itself.
      const root = await createSystem({ test: true }).rootActor();
      return new Promise<Measurement>((resolve, reject) => {
        const watch = new Stopwatch();
        const answer = (value: number) => resolve(watch.stop(value, size));
        run(root, size, answer).catch(reject);
      });
    };

  const pingPong = measure(async (root, rounds, answer) => {
    const pong = await root.createChild({
      ping: (_n: number, from: Actor) => from.send("pong"),
    });
    let answered = 0;
    const serve = () => pong.send("ping", rounds - answered, ping);
    const ping: Actor = await root.createChild({
      pong: () => {
        if (++answered === rounds) answer(answered);
        else serve();
      },
    });
    serve();
  });

  const ring = measure(async (root, rounds, answer) => {
    let next: Actor;
    const first: Actor = await root.createChild({
      token: (n: number) => {
        if (n === MEMBERS * rounds) answer(n);
        else next.send("token", n + 1);
      },
    });
    next = first;
    for (let i = 1; i < MEMBERS; i++) {
      const after = next;
      next = await root.createChild({
        token: (n: number) => after.send("token", n + 1),
      });
    }
    next.send("token", 1);
  });

  const spawn = measure(async (root, count, answer) => {
    const children: Actor[] = [];
    for (let i = 0; i < count; i++) {
      children.push(await root.createChild({ stop: () => {} }));
    }
    answer(children.length);
  });

  const fanIn = measure(async (root, each, answer) => {
    let sum = 0;
    let left = SENDERS * each;
    const collector = await root.createChild({
      add: (n: number) => {
        sum += n;
        if (--left === 0) answer(sum);
      },
    });
    const go = () => {
      for (let n = 1; n <= each; n++) collector.send("add", n);
    };
    for (let i = 0; i < SENDERS; i++) {
      (await root.createChild({ go })).send("go");
    }
  });

  const call = measure(async (root, calls, answer) => {
    const server = await root.createChild({ call: (n: number) => n + 1 });
    let value = 0;
    while (value < calls) value = await server.sendAndReceive("call", value);
    answer(value);
  });

  return new Map<string, Play>([
    ["ping-pong", pingPong],
    ["ring", ring],
    ["spawn", spawn],
    ["fan-in", fanIn],
    ["call", call],
  ]);
}
