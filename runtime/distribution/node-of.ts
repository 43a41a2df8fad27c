import { badarg } from "../core/errors.ts";
import { LocalPid, type Pid } from "../core/pid.ts";
import { LocalRef, type Ref } from "../core/ref.ts";
import { RemotePid, RemoteRef } from "../core/remote.ts";
import { incarnationOf } from "./local-identities.ts";

/**
 * The name of the node that a pid or reference belongs to. Erlang's `node/1`.
 * A node that is in no cluster is called `nonode@nohost`.
 */
export function nodeOf(value: Pid | Ref): string {
  if (value instanceof RemotePid || value instanceof RemoteRef) {
    return value.remote.nodeName;
  }
  if (value instanceof LocalPid || value instanceof LocalRef) {
    return incarnationOf(value)?.nodeName ?? "nonode@nohost";
  }
  throw badarg(`nodeOf: ${String(value)} is neither a pid nor a reference.`);
}
