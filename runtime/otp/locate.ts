import { isPid, type Pid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import { RemotePid } from "../core/remote.ts";
import type { Self } from "../core/self.ts";
import type { AnyServer } from "./protocol.ts";

/** Where a server is, or why it is nowhere. */
export type Place =
  | Pid
  | readonly [name: string, node: string]
  | "noproc"
  | "noconnection";

/** Finds a server by what a caller calls it. */
export function locate(self: Self<never>, server: AnyServer): Place {
  if (typeof server === "string") return self.whereis(server) ?? "noproc";
  if (isPid(server)) return server;
  const [name, node] = server as readonly [string, string];
  if (node === self.node) return self.whereis(name) ?? "noproc";
  const { home } = self as unknown as LocalProcess;
  const isReachable = home.nodeNamed(node) ?? home.remoteNamed?.(node);
  return isReachable ? [name, node] : "noconnection";
}

/** The reason as a caller is told it: a node out of reach is named. */
export function reasonFor(server: unknown, reason: unknown): unknown {
  if (reason !== "noconnection") return reason;
  if (server instanceof RemotePid) return ["nodedown", server.remote.nodeName];
  return Array.isArray(server) ? ["nodedown", server[1]] : reason;
}
