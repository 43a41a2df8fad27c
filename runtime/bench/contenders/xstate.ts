import { type Measurement, type Play, Stopwatch } from "../measurement.ts";
import { SENDERS } from "../work/fan-in.ts";

/** What is used of xstate 5, which is not among our dependencies. */
interface Event {
  readonly type: string;
  readonly n?: number;
  readonly ref?: object;
  readonly from?: Actor;
}
interface Actor {
  send(event: Event): void;
  start(): Actor;
  stop(): void;
}
type Listener = (event: Event) => void;
interface Callback {
  readonly receive: (listener: Listener) => void;
  readonly self: Actor;
}
export interface XState {
  createActor(logic: unknown): Actor;
  fromCallback(body: (callback: Callback) => void): unknown;
  fromTransition<S>(
    transition: (state: S, event: Event, scope: { self: Actor }) => S,
    initial: S,
  ): unknown;
}

/**
 * The works that xstate has the means for. "xstate" is its transition actor,
 * which goes from state to state by its events, as a process does. "callback"
 * is its lightest kind, a listener without a state.
 *
 * No ring: an actor runs inside the send of the one before it, and a thousand
 * of them overflow the stack.
 */
export function xstate(
  { createActor, fromCallback, fromTransition }: XState,
  kind: "xstate" | "callback",
) {
  const logic = (listener: (event: Event, self: Actor) => void) =>
    kind === "callback"
      ? fromCallback(({ receive, self }) => {
          receive((event) => listener(event, self));
        })
      : fromTransition((count: number, event, { self }) => {
          listener(event, self);
          return count + 1;
        }, 0);
  const actor = (listener: (event: Event, self: Actor) => void): Actor =>
    createActor(logic(listener)).start();

  const measure =
    (run: (size: number, answer: (value: number) => void) => void): Play =>
    (size) =>
      new Promise<Measurement>((resolve) => {
        const watch = new Stopwatch();
        run(size, (value) => resolve(watch.stop(value, size)));
      });

  const pingPong = measure((rounds, answer) => {
    const pong = actor(({ from }) => from?.send({ type: "pong" }));
    let answered = 0;
    const ping = actor((event, self) => {
      if (event.type === "pong") answered++;
      if (answered === rounds) answer(answered);
      else pong.send({ type: "ping", n: rounds - answered, from: self });
    });
    ping.send({ type: "start" });
  });

  const spawn = measure((count, answer) => {
    const children: Actor[] = [];
    let up = 0;
    const parent = actor(() => {
      up++;
    });
    const idle = logic(() => parent.send({ type: "up" }));
    for (let i = 0; i < count; i++) {
      const child = createActor(idle).start();
      child.send({ type: "go" });
      children.push(child);
    }
    answer(up);
    for (const child of children) child.stop();
  });

  const fanIn = measure((each, answer) => {
    let sum = 0;
    let left = SENDERS * each;
    const collector = actor(({ n = 0 }) => {
      sum += n;
      if (--left === 0) answer(sum);
    });
    const senders = Array.from({ length: SENDERS }, () =>
      actor(() => {
        for (let n = 1; n <= each; n++) collector.send({ type: "add", n });
      }),
    );
    for (const sender of senders) sender.send({ type: "go" });
  });

  const call = measure((calls, answer) => {
    const server = actor(({ ref = {}, from, n = 0 }) =>
      from?.send({ type: "reply", ref, n: n + 1 }),
    );
    let asked: object | undefined;
    const client = actor(({ ref, n = 0 }, self) => {
      if (ref !== asked) return;
      if (n === calls) return answer(n);
      asked = {};
      server.send({ type: "call", ref: asked, from: self, n });
    });
    client.send({ type: "start" });
  });

  return new Map<string, Play>([
    ["ping-pong", pingPong],
    ["spawn", spawn],
    ["fan-in", fanIn],
    ["call", call],
  ]);
}
