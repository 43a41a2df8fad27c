import { once } from "node:events";
import { type OurNode, startNode, stopNode } from "../chat/our-server.ts";
import { usageOf } from "../chat/usage.ts";

export type Role = "validator" | "chat";

/** Chapter 7's two nodes, each of which may be killed and started again. */
export class Cluster {
  readonly #program: string;
  readonly #epmdPort: number;
  readonly #nodes = new Map<Role, OurNode>();
  /** The chat's; the same after each start. */
  port = 0;
  /** The most memory that any life of the chat node has had. */
  #peakMegabytes = 0;

  private constructor(program: string, epmdPort: number) {
    this.#program = program;
    this.#epmdPort = epmdPort;
  }

  static async start(program: string, epmdPort: number): Promise<Cluster> {
    const cluster = new Cluster(program, epmdPort);
    await cluster.start("validator");
    await cluster.start("chat");
    return cluster;
  }

  async start(role: Role): Promise<void> {
    const words = role === "chat" ? [role, `${this.port}`] : [role];
    const options = { epmdPort: this.#epmdPort, isQuiet: true };
    const node = await startNode(this.#program, options, ...words);
    this.#nodes.set(role, node);
    if (role === "chat") this.port = node.port;
  }

  /** Ends a node as a power cut does, and waits until it is gone. */
  async kill(role: Role): Promise<void> {
    // Looked at once more, before this life of it is over.
    if (role === "chat") this.#peakMegabytes = this.peakMegabytes;
    const child = this.#nodes.get(role)?.child;
    if (child === undefined || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** So far; 0 where the system does not tell. */
  get peakMegabytes(): number {
    const usage = usageOf(this.#nodes.get("chat")?.child.pid ?? 0);
    const now = usage.peakMegabytes || usage.megabytes || 0;
    this.#peakMegabytes = Math.max(this.#peakMegabytes, now);
    return this.#peakMegabytes;
  }

  async stop(): Promise<void> {
    for (const role of ["chat", "validator"] as const) {
      const node = this.#nodes.get(role);
      if (node) await stopNode(node);
    }
  }
}
