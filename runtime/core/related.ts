import { badarg } from "./errors.ts";
import type { ExitReason } from "./exit.ts";
import { link, unlink } from "./link.ts";
import type { Body } from "./message.ts";
import { demonitor, type MonitorOptions, monitor } from "./monitor.ts";
import type { LocalPid, Pid } from "./pid.ts";
import { LocalProcess } from "./process.ts";
import type { Ref } from "./ref.ts";
import { sendExitSignal } from "./signal.ts";
import { type SpawnRequestOptions, spawnRequest } from "./spawn-request.ts";
import type { Watchable } from "./watched.ts";

type AnyBody = Body<never, never[]>;

/**
 * What a process has to do with the lives of others: it starts them, ties
 * itself to them, watches them and ends them. Explained in {@link Self}.
 */
export class RelatedProcess extends LocalProcess {
  spawn(body: AnyBody, ...args: unknown[]): LocalPid {
    return this.home.spawn(this.pid, body, args).pid;
  }

  spawnLink(body: AnyBody, ...args: unknown[]): LocalPid {
    const { pid } = this.home.spawn(this.pid, body, args);
    link(this, pid as Pid);
    return pid;
  }

  spawnMonitor(body: AnyBody, ...args: unknown[]): [LocalPid, Ref] {
    const { pid } = this.home.spawn(this.pid, body, args);
    return [pid, monitor(this, pid as Pid, {})];
  }

  spawnRequest(
    body: AnyBody,
    args: unknown[] = [],
    options: SpawnRequestOptions = {},
  ): Ref {
    return spawnRequest(this, body, args, options);
  }

  link(to: Pid): void {
    link(this, to);
  }

  unlink(from: Pid): void {
    unlink(this, from);
  }

  monitor(watched: Watchable, options: MonitorOptions = {}): Ref {
    return monitor(this, watched, options);
  }

  demonitor(
    ref: Ref,
    options: { flush?: boolean; info?: boolean } = {},
  ): boolean {
    return demonitor(this, ref, options);
  }

  trapExit(trap: boolean): boolean {
    if (typeof trap !== "boolean") {
      throw badarg(`trapExit(${String(trap)}): true or false is wanted.`);
    }
    const before = this.trapping;
    this.trapping = trap;
    return before;
  }

  sendExit(to: Pid, reason: ExitReason): void {
    sendExitSignal(this.home, this.pid, to, reason, false);
    // To oneself the signal arrives before the call returns.
    if (this.pendingExit !== undefined && to === (this.pid as Pid)) {
      this.exit(this.pendingExit.reason);
    }
  }
}
