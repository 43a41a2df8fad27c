import type { Attempt, ConnectorOptions } from "./connector-options.ts";
import { DistributionError } from "./distribution-error.ts";
import { accepting } from "./handshake/accepting.ts";
import { admission } from "./handshake/admission.ts";
import { randomChallenge } from "./handshake/challenge.ts";
import { connecting } from "./handshake/connecting.ts";
import { type Refusal, sentence } from "./handshake/refusal.ts";
import type { Peer } from "./handshake/transition.ts";
import { leadHandshake } from "./lead-handshake.ts";
import type { RemoteNode } from "./remote-node.ts";
import { Strangers } from "./strangers.ts";
import type { Wire } from "./wire.ts";

/** Makes connections, this node's own and those of others, one for each pair. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #attempts = new Map<RemoteNode, Attempt>();
  #stopped = false;
  readonly #strangers = new Strangers();

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  /** Connects, unless the other node is just doing that. */
  connect(remote: RemoteNode): void {
    if (this.#attempts.has(remote)) return;
    const attempt: Attempt = { giveUp: () => {} };
    this.#attempts.set(remote, attempt);
    const fail = (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      this.#fail(remote, attempt, why);
    };
    const dial = this.#stopped ? refuseToDial() : this.#dial(remote, attempt);
    dial.catch(fail);
  }

  /** Another node is at the door; who it is, it has to say. */
  visit(wire: Wire): void {
    const { home, me, named, setupTimeMs } = this.#options;
    let remote: RemoteNode | undefined;
    const attempt: Attempt = { giveUp: () => {} };
    const admit = (peer: string) => {
      const asked = named(peer);
      const said = admission(me.name, peer, this.#acquaintanceOf(asked));
      if (said === "ok" || said === "ok_simultaneous") {
        this.#attempts.get(asked)?.giveUp();
        this.#attempts.set(asked, attempt);
        remote = asked;
      } else if (said === "alive") {
        asked.contested = true;
        remote = asked;
      }
      return said;
    };
    const first = accepting(me, { challenge: randomChallenge(), admit });
    attempt.giveUp = leadHandshake(home, wire, first, setupTimeMs, {
      done: (peer, rest) => {
        this.#strangers.delete(attempt.giveUp);
        if (remote) this.#done(remote, peer, wire, rest);
      },
      refused: (refusal) => {
        this.#strangers.delete(attempt.giveUp);
        this.#turnAway(refusal, remote, attempt);
      },
    });
    this.#strangers.add(attempt.giveUp);
  }

  stop(): void {
    this.#stopped = true;
    for (const { giveUp } of this.#attempts.values()) giveUp();
    this.#attempts.clear();
    this.#strangers.turnAllAway();
  }

  async #dial(remote: RemoteNode, attempt: Attempt): Promise<void> {
    const { home, me, transport, setupTimeMs } = this.#options;
    const { nodeName } = remote;
    const place = await transport.find(nodeName);
    if (place === undefined) {
      throw new DistributionError("unreachable", `there is no ${nodeName}`);
    }
    const wire = await transport.dial(place);
    if (this.#attempts.get(remote) !== attempt) return wire.close();
    const first = connecting(me, {
      peer: nodeName,
      challenge: randomChallenge(),
    });
    attempt.giveUp = leadHandshake(home, wire, first, setupTimeMs, {
      done: (peer, rest) => this.#done(remote, peer, wire, rest),
      refused: (refusal) => {
        if (refusal.code === "nok") this.#await(remote, attempt);
        else this.#fail(remote, attempt, sentence(refusal));
      },
    });
  }

  #acquaintanceOf(remote: RemoteNode) {
    if (remote.state !== "up") {
      return this.#attempts.has(remote) ? "pending" : "none";
    }
    return remote.contested ? "up_pending" : "up";
  }

  #done(remote: RemoteNode, peer: Peer, wire: Wire, rest: Uint8Array): void {
    this.#attempts.delete(remote);
    this.#options.connected(remote, peer, wire, rest);
  }

  /** The other node's own attempt goes before this one, and has to come. */
  #await(remote: RemoteNode, attempt: Attempt): void {
    const { home, setupTimeMs } = this.#options;
    const limit = home.timers.set(setupTimeMs, () => {
      this.#fail(remote, attempt, "its own connection did not come");
    });
    attempt.giveUp = () => home.timers.cancel(limit);
    home.schedule();
  }

  #fail(remote: RemoteNode, attempt: Attempt, why: string): void {
    if (this.#attempts.get(remote) !== attempt) return;
    this.#attempts.delete(remote);
    this.#options.failed(remote, why);
  }

  #turnAway(
    refusal: Refusal,
    remote: RemoteNode | undefined,
    attempt: Attempt,
  ): void {
    if (refusal.code !== "nok") this.#options.turnedAway(sentence(refusal));
    if (remote === undefined) return;
    remote.contested = false;
    if (this.#attempts.get(remote) !== attempt) return;
    this.#attempts.delete(remote);
    // Whoever it was has kept our own attempt from being made.
    if (remote.state === "connecting") this.connect(remote);
  }
}

async function refuseToDial(): Promise<void> {
  throw new DistributionError("unreachable", "this node has left its cluster");
}
