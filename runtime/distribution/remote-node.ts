import type { ExitReason } from "../core/exit.ts";
import { connectionLost } from "../core/from-afar.ts";
import { keepMonitor } from "../core/monitor.ts";
import type { LocalPid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import type { LocalRef } from "../core/ref.ts";
import type { Remote, RemotePid, RemoteRef } from "../core/remote.ts";
import { monitorEntry } from "../core/watched.ts";
import type { Connection } from "./connection.ts";
import { HeldSenders } from "./senders.ts";
import type { Surroundings } from "./surroundings.ts";
import { Unlinking } from "./unlinking.ts";

/**
 * One node elsewhere, connected or not: there is one object for each name, so
 * pids find it whatever becomes of connections. The first signal that needs a
 * connection starts one, and waits for it here with those that follow.
 */
export class RemoteNode implements Remote {
  readonly nodeName: string;
  /** The first number its pids are printed with. */
  readonly index: number;
  state: "idle" | "connecting" | "up" = "idle";
  connection: Connection | undefined = undefined;
  /** Another node says it is this one, though this one is connected. */
  contested = false;
  /** Who waits for room; let go when the wire has taken what was written. */
  readonly senders = new HeldSenders();
  readonly unlinking = new Unlinking();
  /** What is watched from there, and by which name; that may pass to another. */
  readonly watched = new Map<RemoteRef, readonly [LocalPid, string?]>();
  readonly #around: Surroundings;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(nodeName: string, index: number, around: Surroundings) {
    this.nodeName = nodeName;
    this.index = index;
    this.#around = around;
  }

  send(
    from: LocalPid | undefined,
    to: RemotePid | RemoteRef | string,
    message: unknown,
  ): void {
    this.#post(this.#around.frames.send(to, from, message), from);
  }

  link(from: LocalPid, to: RemotePid): void {
    this.#post(this.#around.frames.link(from, to), from);
  }

  unlink(from: LocalPid, to: RemotePid): void {
    if (this.state === "idle") return;
    const id = this.unlinking.begin(from, to);
    this.#post(this.#around.frames.unlink(id, from, to), from);
  }

  exit(
    from: LocalPid | undefined,
    to: RemotePid,
    reason: ExitReason,
    overLink: boolean,
  ): void {
    // Without a connection there is no link any more that could carry it.
    if (overLink && this.state === "idle") return;
    const frame = this.#around.frames.exit(from, to, reason, overLink);
    this.#post(frame, from);
  }

  monitor(from: LocalPid, watched: RemotePid | string, ref: LocalRef): void {
    this.#post(this.#around.frames.monitor(from, watched, ref), from);
  }

  demonitor(from: LocalPid, watched: RemotePid | string, ref: LocalRef): void {
    if (this.state === "idle") return;
    this.#post(this.#around.frames.demonitor(from, watched, ref), from);
  }

  down(from: LocalPid, to: RemotePid, ref: RemoteRef, reason: ExitReason) {
    const [, name] = this.watched.get(ref) ?? [];
    this.watched.delete(ref);
    if (this.state === "idle") return;
    this.#post(this.#around.frames.down(name ?? from, to, ref, reason), from);
  }

  /** Has `erpc:execute_call/4` run there; its end is its answer. */
  execute(process: LocalProcess, args: readonly unknown[]): LocalRef {
    const ref = this.#around.home.makeRef(process);
    const frame = this.#around.frames.execute(process.pid, ref, args);
    const entry = monitorEntry(undefined, this, "", undefined, "DOWN");
    keepMonitor(process, ref, entry);
    this.#post(frame, process.pid);
    return ref;
  }

  /** Sends what needs no sender to be held, such as an answer. */
  post(frame: Uint8Array): void {
    this.#post(frame, undefined);
  }

  /** Sets about a connection if there is none. */
  connect(): void {
    if (this.state !== "idle") return;
    this.state = "connecting";
    this.#around.connect(this);
  }

  /** There is a connection: what waited goes out, in its order. */
  up(connection: Connection): void {
    this.state = "up";
    this.connection = connection;
    for (const frame of this.#takeWaiting()) connection.write(frame);
    this.senders.release();
  }

  /** The connection is lost, or came to nothing. */
  fail(): void {
    if (this.state === "idle") return;
    this.state = "idle";
    this.connection = undefined;
    this.contested = false;
    this.#takeWaiting();
    this.unlinking.clear();
    this.watched.clear();
    this.senders.release();
    connectionLost(this.#around.home, this);
  }

  #post(frame: Uint8Array, from: LocalPid | undefined): void {
    this.connect();
    const { connection } = this;
    if (connection) connection.write(frame);
    else {
      this.#waiting.push(frame);
      this.#waitingBytes += frame.length;
    }
    const pending = connection?.pendingBytes ?? this.#waitingBytes;
    if (pending > this.#around.busyBytes) this.senders.hold(from);
  }

  #takeWaiting(): Uint8Array[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return waiting;
  }
}
