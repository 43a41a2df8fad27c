import { LocalPid } from "../core/pid.ts";
import { LocalRef } from "../core/ref.ts";
import { type Remote, RemotePid, RemoteRef } from "../core/remote.ts";
import { malformed } from "./distribution-error.ts";
import { ForeignPid, ForeignRef } from "./etf/index.ts";

/** A pid of the node that sent it: nobody speaks for others. */
export function pidOf(remote: Remote, who: unknown): RemotePid {
  if (who instanceof RemotePid && who.remote === remote) return who;
  throw malformed(`${remote.nodeName} speaks for ${String(who)}`);
}

export function refOf(remote: Remote, value: unknown): RemoteRef {
  if (value instanceof RemoteRef && value.remote === remote) return value;
  throw malformed(`${String(value)} is no reference of ${remote.nodeName}`);
}

/** A pid of ours; `undefined` if of a node that had our name before. */
export function pidHere(who: unknown): LocalPid | undefined {
  if (who instanceof LocalPid) return who;
  if (who instanceof ForeignPid) return undefined;
  throw malformed(`${String(who)} is no process of this node`);
}

export function refHere(value: unknown): LocalRef | undefined {
  if (value instanceof LocalRef) return value;
  if (value instanceof ForeignRef) return undefined;
  throw malformed(`${String(value)} is no reference of this node`);
}
