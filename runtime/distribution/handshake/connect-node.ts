import { connect } from "node:net";
import { randomChallenge } from "./challenge.ts";
import { connecting } from "./connecting.ts";
import { type Connected, SETUP_TIME_MS, shakeHands } from "./shake-hands.ts";
import type { Identity } from "./transition.ts";

export interface NodeAddress {
  /** The whole name, such as `a@127.0.0.1`. */
  readonly name: string;
  readonly host: string;
  /** As EPMD told it. */
  readonly port: number;
}

/**
 * Connects to a node and shakes hands with it.
 *
 * @param isWanted - See `Call` in connecting.ts.
 * @throws HandshakeError with the refusal; `unreachable` if nobody listens there.
 */
export function connectNode(
  me: Identity,
  { name, host, port }: NodeAddress,
  options: { timeoutMs?: number; isWanted?: () => boolean } = {},
): Promise<Connected> {
  const { timeoutMs = SETUP_TIME_MS, ...rest } = options;
  const socket = connect({ host, port });
  const call = { peer: name, challenge: randomChallenge(), ...rest };
  return shakeHands(socket, connecting(me, call), timeoutMs);
}
