import type { Socket } from "node:net";
import { Handshake, type Progress } from "./machine.ts";
import { HandshakeError, type Refusal } from "./refusal.ts";
import type { Peer, Transition } from "./transition.ts";

/** How long a handshake may take: Erlang's `net_setuptime`. */
export const SETUP_TIME_MS = 7_000;

/** A connection to a node that has proved itself. */
export interface Connected {
  readonly peer: Peer;
  /** Paused, with nobody listening; what comes next is `{packet, 4}`. */
  readonly socket: Socket;
  /** What came already, before everything that the socket still gives. */
  readonly rest: Uint8Array;
}

/**
 * Leads a handshake over a socket, which is given as soon as the machine is
 * through. Without a peer the socket is closed.
 *
 * Erlang starts its 7 seconds anew at each step; here they are for all of it.
 *
 * @throws HandshakeError with the refusal.
 */
export function shakeHands(
  socket: Socket,
  first: Transition,
  timeoutMs: number = SETUP_TIME_MS,
): Promise<Connected> {
  const machine = new Handshake(first);
  return new Promise((resolve, reject) => {
    const finish = () => {
      clearTimeout(timer);
      socket.off("data", onData).off("close", onClose);
    };
    const refuse = (refusal: Refusal) => {
      finish();
      // What is to be said is still said; then both directions are closed.
      socket.destroySoon();
      reject(new HandshakeError(refusal));
    };
    const obey = (progress: Progress) => {
      if (progress.send.length > 0) socket.write(progress.send);
      switch (progress.kind) {
        case "waiting":
          return;
        case "refused":
          return refuse(progress.refusal);
        case "done":
          socket.pause();
          finish();
          return resolve({
            peer: progress.peer,
            socket,
            rest: progress.rest,
          });
      }
    };
    const onData = (chunk: Uint8Array) => obey(machine.receive(chunk));
    let connected = !socket.connecting;
    let reason = "closed";
    const onClose = () =>
      refuse(
        connected
          ? { code: "closed", awaited: machine.awaited ?? "name" }
          : { code: "unreachable", reason },
      );
    const timer = setTimeout(() => {
      refuse({
        code: "timeout",
        awaited: machine.awaited ?? "name",
        timeoutMs,
      });
      // The other side may not even read: do not wait for it.
      socket.destroy();
    }, timeoutMs);
    // Stays for good: an error is followed by "close", which is enough.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      reason = error.code ?? reason;
    });
    socket.once("connect", () => {
      connected = true;
    });
    socket.on("data", onData).on("close", onClose);
    socket.setNoDelay(true);
    obey(machine.progress);
    if (socket.destroyed) onClose();
  });
}
