import {
  atom,
  type Codec,
  createCodec,
  foreignPid,
  tuple,
} from "./etf/index.ts";
import { connecting } from "./handshake/connecting.ts";
import { Cookie } from "./handshake/cookie.ts";
import * as flags from "./handshake/flags.ts";
import { Handshake } from "./handshake/machine.ts";
import { packet } from "./packets.ts";
import type { Transport, Wire } from "./wire.ts";

/**
 * A node that has the cookie and shakes hands as it should, and then says
 * whatever the test wants: what an honest node never sends.
 */
export class HostilePeer {
  readonly name: string;
  readonly codec: Codec = createCodec();
  /** What it has been sent since the handshake. */
  readonly received: Uint8Array[] = [];
  readonly #wire: Wire;
  readonly closed: Promise<string>;

  private constructor(name: string, wire: Wire, closed: Promise<string>) {
    this.name = name;
    this.#wire = wire;
    this.closed = closed;
  }

  static async connect(
    transport: Transport,
    name: string,
    peer: string,
  ): Promise<HostilePeer> {
    const place = await transport.find(peer);
    if (place === undefined) throw new Error(`there is no ${peer}`);
    const wire = await transport.dial(place);
    const me = {
      name,
      creation: 77,
      flags: flags.OFFERED | flags.SPAWN | flags.ALIAS,
      cookieFor: () => new Cookie("secret"),
    };
    const machine = new Handshake(connecting(me, { peer, challenge: 1 }));
    let over = (_reason: string) => {};
    const closed = new Promise<string>((resolve) => {
      over = resolve;
    });
    const made = new HostilePeer(name, wire, closed);
    await new Promise<void>((resolve) => {
      wire.listener = {
        drained() {},
        closed: (reason) => over(reason),
        data(bytes) {
          if (machine.awaited === undefined) {
            made.received.push(bytes);
            return;
          }
          const progress = machine.receive(bytes);
          wire.write(progress.send);
          if (progress.kind === "done") resolve();
        },
      };
      wire.write(machine.progress.send);
    });
    return made;
  }

  /** A pid of its own. */
  get pid() {
    return foreignPid(this.name, 5, 0, 77);
  }

  raw(bytes: Uint8Array): void {
    this.#wire.write(bytes);
  }

  /** A packet with this control tuple, and perhaps a payload. */
  say(fields: readonly unknown[], payload?: unknown): void {
    const parts = [Uint8Array.of(112), this.codec.encode(tuple(...fields))];
    if (payload !== undefined) parts.push(this.codec.encode(payload));
    this.raw(packet(...parts));
  }

  /** Something honest, to see that the connection stands. */
  hello(name: string): void {
    this.say([6, this.pid, atom(""), atom(name)], atom("hello"));
  }

  pause(): void {
    this.#wire.pause();
  }

  resume(): void {
    this.#wire.resume();
  }

  close(): void {
    this.#wire.close();
  }
}
