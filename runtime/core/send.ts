import { badarg } from "./errors.ts";
import { format } from "./format.ts";
import type { LocalNode } from "./node.ts";
import type { Courier } from "./node-options.ts";
import { isPid, LocalPid, type Pid } from "./pid.ts";
import { LocalProcess } from "./process.ts";
import { LocalRef } from "./ref.ts";
import { type Remote, RemotePid, RemoteRef } from "./remote.ts";

/**
 * Sends where the hot path of `self.send` does not: to a name or an alias, on
 * a node that is being traced, or from outside any process.
 */
export function sendSlowly(
  node: LocalNode,
  from: LocalPid | undefined,
  address: unknown,
  message: unknown,
): void {
  const away = elsewhere(node, address);
  if (away !== undefined) {
    const [remote, target] = away;
    if (node.tracer && target instanceof RemotePid) {
      node.trace({ kind: "send", from, to: target as Pid, message });
    }
    remote.send(from, target, message);
    return;
  }
  if (node.courier !== undefined && address instanceof LocalRef) {
    return sendToAlias(node, node.courier, from, address, message);
  }
  const to = resolve(node, address, message);
  if (to === undefined) return;
  if (node.tracer) node.trace({ kind: "send", from, to, message });
  // To oneself nothing is under way: it is in the mailbox at once, as in OTP.
  if (node.courier === undefined || from === to) node.deliver(to, message);
  else node.courier(from, to, () => node.deliver(to, message));
}

/** An alias is asked where the message arrives: until then it may be gone. */
function sendToAlias(
  node: LocalNode,
  courier: Courier,
  from: LocalPid | undefined,
  ref: LocalRef,
  message: unknown,
): void {
  const to = ref.alias;
  if (to === undefined) return;
  if (node.tracer) node.trace({ kind: "send", from, to, message });
  const arrive = () => node.deliver(behind(ref), message);
  if (from === to) arrive();
  else courier(from, to, arrive);
}

/** What another node has to deliver: the way there, and to whom. */
function elsewhere(
  node: LocalNode,
  address: unknown,
): [Remote, RemotePid | RemoteRef | string] | undefined {
  if (address instanceof RemotePid || address instanceof RemoteRef) {
    return [address.remote, address];
  }
  if (node.remoteNamed === undefined || !Array.isArray(address))
    return undefined;
  const [name, nodeName] = address as [unknown, unknown];
  if (typeof name !== "string" || typeof nodeName !== "string")
    return undefined;
  if (node.nodeNamed(nodeName) !== undefined) return undefined;
  const remote = node.remoteNamed(nodeName);
  return remote && [remote, name];
}

/** Whose alias it is, if any. What comes next may be the last it takes. */
export function behind(ref: LocalRef): LocalPid | undefined {
  const pid = ref.alias;
  const process = pid?.process;
  const entry = process?.monitors?.get(ref);
  // The first reply through such an alias is also the last.
  if (entry?.alias === "reply_demonitor") process?.forgetMonitor(ref, entry);
  return pid;
}

/** The pid behind an address; `undefined` where Erlang drops the message. */
function resolve(
  node: LocalNode,
  address: unknown,
  message: unknown,
): LocalPid | undefined {
  if (address instanceof LocalPid) return address;
  if (typeof address === "string") {
    const process = node.names.get(address);
    if (process !== undefined) return process.pid;
    throw badarg(
      `send: nobody on this node is registered as "${address}". Register it ` +
        (isPid(message)
          ? "first; or are the two swapped? The address comes first: send(pid, message)."
          : `first, or send to ["${address}", node], which drops what nobody takes.`),
    );
  }
  if (address instanceof LocalRef) return behind(address);
  if (Array.isArray(address) && address.length === 2) {
    const [name, nodeName] = address as [unknown, unknown];
    if (typeof name === "string" && typeof nodeName === "string") {
      return node.nodeNamed(nodeName)?.names.get(name)?.pid;
    }
  }
  if (address instanceof LocalProcess) {
    throw badarg("send: self is no address. Write self.pid.");
  }
  const written = format(address);
  if (written.startsWith("#Port<")) {
    throw badarg(
      `send: ${written} is a socket and no process. Write yield* send(self, ` +
        'socket, data), with the send of "#runtime/net".',
    );
  }
  throw badarg(
    `send: ${written} is no address. A pid, a registered name, a ` +
      "[name, node] pair or an alias is wanted.",
  );
}
