import { linkFromAfar, monitorFromAfar } from "../core/from-afar.ts";
import type { Process } from "../core/message.ts";
import type { LocalNode } from "../core/node.ts";
import type { Self } from "../core/self.ts";
import { type Allowed, callAllowed } from "./allowed.ts";
import { named } from "./bare-word.ts";
import { Atom, atom, tuple } from "./etf/index.ts";
import type { Frames } from "./frames.ts";
import type { RemoteNode } from "./remote-node.ts";
import type { SpawnRequest } from "./spawn-request.ts";

const LINKED = 1;
const MONITORED = 2;

/**
 * Makes the processes that other nodes ask for (`spawn/4`, and with it all of
 * Erlang's `erpc` and `rpc`): they run a function that is allowed, or die of
 * `undef`, as one does whose function there is not.
 */
export function spawnService(home: LocalNode, frames: Frames, allow: Allowed) {
  return (remote: RemoteNode, request: SpawnRequest): void => {
    const body = bodyFor(allow, request);
    const process = home.spawn(undefined, body as never, []);
    const { from, request: ref, link, monitor } = request;
    if (link) linkFromAfar(from, process.pid);
    if (monitor) {
      monitorFromAfar(home, from, process.pid, ref);
      remote.watched.set(ref, [process.pid]);
    }
    // It has not run yet, so nothing of its end can come before this.
    const flags = (link ? LINKED : 0) | (monitor ? MONITORED : 0);
    remote.post(frames.spawned(ref, from, flags, process.pid));
  };
}

function bodyFor(allow: Allowed, request: SpawnRequest) {
  const { module, args } = request;
  if (module === "erpc" && request.function === "execute_call") {
    const [mark, m, f, a] = args;
    if (m instanceof Atom && f instanceof Atom && Array.isArray(a)) {
      return function* execute_call(self: Self<never>): Process {
        const outcome = yield* callAllowed(self, allow, m.text, f.text, a);
        const [how, value, ...stack] = outcome;
        const told = how === "exit" ? named(value) : value;
        self.exit(tuple(mark, atom(how), told, ...stack));
      };
    }
  }
  if (module === "erpc" && request.function === "execute_cast") {
    const [m, f, a] = args;
    if (m instanceof Atom && f instanceof Atom && Array.isArray(a)) {
      return runs(allow, m.text, f.text, a);
    }
  }
  return runs(allow, module, request.function, args);
}

/** A process that is this one call, and ends as the call does. */
export function runs(
  allow: Allowed,
  module: string,
  name: string,
  args: readonly unknown[],
) {
  return function* remoteCall(self: Self<never>): Process {
    const outcome = yield* callAllowed(self, allow, module, name, args);
    switch (outcome[0]) {
      case "return":
        return;
      case "throw":
        return self.exit(["nocatch", outcome[1]]);
      case "exit":
        return self.exit(outcome[1]);
      case "error":
        return self.exit(tuple(outcome[1], outcome[2]));
    }
  };
}
