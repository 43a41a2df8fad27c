import {
  exitFromAfar,
  linkFromAfar,
  unlinkFromAfar,
} from "../core/from-afar.ts";
import type { LocalNode } from "../core/node.ts";
import { sendSlowly } from "../core/send.ts";
import type { Control } from "./control.ts";
import type { Frames } from "./frames.ts";
import { fromErlang } from "./gen-shape.ts";
import { MonitorArrivals } from "./monitor-arrivals.ts";
import type { RemoteNode } from "./remote-node.ts";
import type { SpawnRequest } from "./spawn-request.ts";
import type { Surroundings } from "./surroundings.ts";
import { pidHere, pidOf, refHere, refOf } from "./whose.ts";

type Of<K extends Control["kind"]> = Extract<Control, { readonly kind: K }>;

/** What arrives from one other node, and what it does here. */
export class Arrivals {
  readonly #home: LocalNode;
  readonly #frames: Frames;
  readonly #remote: RemoteNode;
  readonly #monitors: MonitorArrivals;
  readonly #spawn: (remote: RemoteNode, request: SpawnRequest) => void;

  constructor(
    around: Surroundings,
    remote: RemoteNode,
    spawn: (remote: RemoteNode, request: SpawnRequest) => void,
  ) {
    this.#home = around.home;
    this.#frames = around.frames;
    this.#remote = remote;
    this.#monitors = new MonitorArrivals(around, remote);
    this.#spawn = spawn;
  }

  /** @throws DistributionError `malformed` for what no honest node sends. */
  take(control: Control): void {
    switch (control.kind) {
      case "send": {
        const to = pidHere(control.to);
        if (to) this.#home.deliver(to, fromErlang(control.message));
        return;
      }
      case "send-name": {
        const to = this.#home.names.get(control.to);
        if (to) this.#home.deliver(to.pid, fromErlang(control.message));
        return;
      }
      case "send-alias": {
        const to = refHere(control.to);
        if (!to) return;
        sendSlowly(this.#home, undefined, to, fromErlang(control.message));
        return;
      }
      case "link":
        return this.#link(control);
      case "unlink": {
        const from = pidOf(this.#remote, control.from);
        const to = pidHere(control.to);
        if (to) unlinkFromAfar(from, to);
        // A process of an earlier node is answered for by its own pid.
        const answering = to ?? (control.to as object);
        const ack = this.#frames.unlinkAck(control.id, answering, from);
        this.#remote.post(ack);
        return;
      }
      case "unlink-ack": {
        const from = pidOf(this.#remote, control.from);
        const to = pidHere(control.to);
        if (to) this.#remote.unlinking.acknowledge(to, from, control.id);
        return;
      }
      case "exit": {
        const from = pidOf(this.#remote, control.from);
        const to = pidHere(control.to);
        if (!to) return;
        const { overLink, reason } = control;
        if (overLink && this.#remote.unlinking.isUnderWay(to, from)) return;
        exitFromAfar(from, to, reason, overLink);
        return;
      }
      case "monitor":
        return this.#monitors.begin(control.from, control.watched, control.ref);
      case "demonitor":
        return this.#monitors.end(control.ref);
      case "down":
        return this.#monitors.down(control.to, control.ref, control.reason);
      case "spawn": {
        const from = pidOf(this.#remote, control.from);
        const request = refOf(this.#remote, control.request);
        this.#spawn(this.#remote, { ...control, from, request });
        return;
      }
      case "spawn-reply":
        // Only that it could not be made is news: its end will be told of.
        if (typeof control.result !== "string") return;
        return this.#monitors.down(control.to, control.request, control.result);
      case "ignored":
        return;
    }
  }

  #link(control: Of<"link">): void {
    const from = pidOf(this.#remote, control.from);
    const to = pidHere(control.to);
    if (!to) {
      const gone = control.to as object;
      this.#remote.post(this.#frames.exit(gone, from, "noproc", true));
    } else if (!this.#remote.unlinking.isUnderWay(to, from)) {
      linkFromAfar(from, to);
    }
  }
}
