import type { LocalNode } from "../core/node.ts";
import { Handshake, type Progress } from "./handshake/machine.ts";
import type { Refusal } from "./handshake/refusal.ts";
import type { Peer, Transition } from "./handshake/transition.ts";
import type { Wire } from "./wire.ts";

/** What becomes of a handshake: one of the two, once. */
export interface Outcome {
  /** `rest` came behind it, and belongs to the connection. */
  done(peer: Peer, rest: Uint8Array): void;
  refused(refusal: Refusal): void;
}

/**
 * Leads a handshake over a wire. Until it ends, the wire is its own; then it
 * is closed, or the peer's.
 *
 * @returns what gives it up, without telling anybody.
 */
export function leadHandshake(
  node: LocalNode,
  wire: Wire,
  first: Transition,
  limitMs: number,
  outcome: Outcome,
): () => void {
  const machine = new Handshake(first);
  let over = false;
  const end = () => {
    over = true;
    node.timers.cancel(limit);
    wire.listener = undefined;
  };
  const refuse = (refusal: Refusal) => {
    end();
    closeSoon(wire);
    outcome.refused(refusal);
  };
  const obey = (progress: Progress) => {
    wire.write(progress.send);
    if (progress.kind === "waiting") return;
    if (progress.kind === "refused") return refuse(progress.refusal);
    end();
    outcome.done(progress.peer, progress.rest);
  };
  const limit = node.timers.set(limitMs, () => {
    const awaited = machine.awaited ?? "name";
    refuse({ code: "timeout", awaited, timeoutMs: limitMs });
  });
  // The clock's alarm is set at the end of a turn.
  node.schedule();
  wire.listener = {
    drained() {},
    closed: () =>
      refuse({ code: "closed", awaited: machine.awaited ?? "name" }),
    data: (bytes) => obey(machine.receive(bytes)),
  };
  obey(machine.progress);
  return () => {
    if (over) return;
    end();
    wire.close();
  };
}

/** Lets a last word go out before the wire is closed. */
function closeSoon(wire: Wire): void {
  if (wire.pendingBytes === 0) {
    wire.close();
    return;
  }
  const close = () => wire.close();
  wire.listener = { data() {}, closed: close, drained: close };
}
