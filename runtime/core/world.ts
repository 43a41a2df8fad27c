import type { Clock } from "./clock.ts";
import type { ExitReason } from "./exit.ts";
import { processesOf } from "./info.ts";
import type { Body } from "./message.ts";
import { LocalNode } from "./node.ts";
import type { NodeOptions } from "./node-options.ts";
import { LocalPid, type Pid } from "./pid.ts";
import type { Ref } from "./ref.ts";
import { register, unregister } from "./registry.ts";
import type { Self } from "./self.ts";
import { sendSlowly } from "./send.ts";
import { sendExitSignal } from "./signal.ts";
import type { Tracer } from "./trace.ts";

/** A node as the code outside its processes sees it. */
export interface Node {
  readonly name: string;
  readonly clock: Clock;
  spawn<M, A extends unknown[]>(body: Body<Self<M>, A>, ...args: A): Pid<M>;
  send(
    to: string | readonly [name: string, node: string],
    message: unknown,
  ): void;
  // Last, for a compiler tells what does not fit the last one.
  send<M>(to: Pid<M> | Ref<M>, message: NoInfer<M>): void;
  sendExit(to: Pid, reason: ExitReason): void;
  register(name: string, pid: Pid): void;
  unregister(name: string): void;
  whereis(name: string): Pid | undefined;
  /** The registered names. */
  registered(): string[];
  processes(): Pid[];
  /** Listens to what happens from now on; `undefined` stops that. */
  setTracer(tracer: Tracer | undefined): void;
  /** Runs the next process for one slice; `undefined` if none is ready. */
  step(): Pid | undefined;
  stop(): void;
}

/** Makes a node. Several can live in one program and send to one another. */
export function createNode(options: NodeOptions = {}): Node {
  return faceOf(new LocalNode(options));
}

/** The public face of a node. */
export function faceOf(node: LocalNode): Node {
  return {
    name: node.name,
    clock: node.clock,
    spawn: (body: unknown, ...args: unknown[]) =>
      node.spawn(undefined, body as never, args).pid as never,
    send: (to: unknown, message: unknown) => {
      sendSlowly(node, undefined, to, message);
    },
    sendExit: (to, reason) =>
      sendExitSignal(node, undefined, to, reason, false),
    register: (name, pid) => register(node, name, pid),
    unregister: (name) => unregister(node, name),
    whereis: (name) => node.names.get(name)?.pid as Pid | undefined,
    registered: () => [...node.names.keys()].sort(),
    processes: () => processesOf(node),
    setTracer: (tracer) => {
      node.tracer = tracer;
    },
    step: () => node.stepNext()?.pid as Pid | undefined,
    stop: () => node.stop(),
  };
}

/** Whether a process is alive: `is_process_alive/1`, on any node of this realm. */
export function isProcessAlive(pid: Pid): boolean {
  return pid instanceof LocalPid && pid.process !== undefined;
}

/** The node behind the plain functions; there is always one, as in Erlang. */
export const defaultNode: Node = createNode();

export const { spawn, send, sendExit, register: registerName } = defaultNode;
export const { whereis, registered, processes } = defaultNode;
