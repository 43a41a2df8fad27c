import { classOf } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { LocalNode } from "../core/node.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Caller } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { genServer } from "../otp/index.ts";
import { atom } from "./etf/index.ts";
import { NET_KERNEL } from "./net-kernel.ts";
import type { NodeTable } from "./node-table.ts";
import type { NodeWatch } from "./node-watch.ts";
import type { RemoteNode } from "./remote-node.ts";
import { isVisible } from "./visible.ts";

/** What a distribution is made of; see start-distribution.ts. */
export interface DistributionParts {
  readonly home: LocalNode;
  readonly table: NodeTable;
  readonly watch: NodeWatch;
  readonly port: number;
  readonly creation: number;
  named(nodeName: string): RemoteNode;
  disconnect(remote: RemoteNode): void;
  stop(): void;
}

/** A node's part in a cluster: Erlang's `net_kernel`, `net_adm` and `nodes()`. */
export class Distribution {
  readonly nodeName: string;
  /** Where this node listens. */
  readonly port: number;
  /** Tells this life of the node from an earlier one of the same name. */
  readonly creation: number;
  readonly #parts: DistributionParts;

  constructor(parts: DistributionParts) {
    this.#parts = parts;
    this.nodeName = parts.home.name;
    this.port = parts.port;
    this.creation = parts.creation;
  }

  /**
   * The nodes this one is connected to, `"visible"` ones unless others are
   * asked for. Erlang's `nodes/0,1`.
   */
  nodes(which: "visible" | "hidden" | "connected" = "visible"): string[] {
    return this.#parts.table.up
      .filter(
        (remote) =>
          which === "connected" || isVisible(remote) === (which === "visible"),
      )
      .map(({ nodeName }) => nodeName);
  }

  /**
   * Tries to set up a connection: `"pong"` if that node is there and has the
   * same cookie, else `"pang"`. Erlang's `net_adm:ping/1`.
   */
  ping(caller: Caller, nodeName: string): Step<"pong" | "pang"> {
    const step = function* () {
      if (nodeName === caller.node) return "pong" as const;
      try {
        const request = ["is_auth", atom(caller.node)] as never;
        const server = [NET_KERNEL, nodeName] as never;
        const answer = yield* genServer.call(
          caller,
          server,
          request,
          Number.POSITIVE_INFINITY,
        );
        return `${answer}` === "yes" ? "pong" : "pang";
      } catch (caught) {
        if (classOf(caught) === "exit") return "pang";
        throw caught;
      }
    };
    return suspending(caller, "distribution.ping", step());
  }

  /** Ends a connection; false if there was none. `erlang:disconnect_node/1`. */
  disconnect(nodeName: string): boolean {
    const remote = this.#parts.named(nodeName);
    if (remote.state !== "up") return false;
    this.#parts.disconnect(remote);
    return true;
  }

  /**
   * `["nodeup", name]` and `["nodedown", name]` for every visible node, once
   * for each time this was asked for. `net_kernel:monitor_nodes/1`.
   */
  monitorNodes(caller: Caller, wanted: boolean): void {
    this.#parts.watch.watchAll(caller as unknown as LocalProcess, wanted);
  }

  /**
   * One `["nodedown", name]` when that node is lost, or cannot be reached to
   * begin with. Erlang's `monitor_node/2`.
   */
  monitorNode(caller: Caller, nodeName: string, wanted: boolean): void {
    const process = caller as unknown as LocalProcess;
    this.#parts.watch.watchOne(process, nodeName, wanted);
    if (wanted && nodeName !== this.nodeName) {
      this.#parts.named(nodeName).connect();
    }
  }

  /** Leaves the cluster: all connections end. `net_kernel:stop/0`. */
  stop(): void {
    this.#parts.stop();
  }
}
