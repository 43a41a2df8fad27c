import type { LocalNode } from "../core/node.ts";
import type { LocalPid } from "../core/pid.ts";
import { type Codec, createCodec } from "./etf/index.ts";
import type { Identity } from "./handshake/transition.ts";
import { identitiesOf } from "./identities.ts";
import { LocalIdentities } from "./local-identities.ts";
import { RemoteIdentities, type WayTo } from "./remote-identities.ts";

/** A codec that knows this node's processes, and the ways to all others. */
export function codecFor(home: LocalNode, me: Identity, wayTo: WayTo): Codec {
  const incarnation = { nodeName: me.name, creation: me.creation };
  const living = (id: number) => livingIn(home, id);
  const local = new LocalIdentities(home.index, incarnation, living);
  const remote = new RemoteIdentities(wayTo);
  return createCodec({ identities: identitiesOf(me.name, local, remote) });
}

/** A process that is alive, by its number. */
function livingIn(home: LocalNode, id: number): LocalPid | undefined {
  for (let one = home.newest; one; one = one.following) {
    if (one.pid.id === id) return one.pid;
  }
  return undefined;
}
