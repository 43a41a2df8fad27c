import type { RemotePid, RemoteRef } from "../core/remote.ts";
import type { Control } from "./control.ts";

type Asked = Extract<Control, { readonly kind: "spawn" }>;

/** A process that another node asks for. */
export interface SpawnRequest extends Omit<Asked, "kind" | "from" | "request"> {
  readonly from: RemotePid;
  readonly request: RemoteRef;
}
