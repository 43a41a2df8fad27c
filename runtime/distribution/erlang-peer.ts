import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { ErlangNode } from "./epmd/erlang-node.ts";
import { EpmdServer } from "./epmd/index.ts";
import type { DistributionOptions } from "./options.ts";
import { type Place, place } from "./two-nodes.ts";

export const COOKIE = "crumbs";

/** An EPMD of the test's own, nodes of both kinds, and their end. */
export class Neighbourhood {
  readonly epmd: EpmdServer;
  readonly #erlang: ErlangNode[] = [];
  readonly #places: Place[] = [];
  readonly #children: ChildProcess[] = [];

  private constructor(epmd: EpmdServer) {
    this.epmd = epmd;
  }

  static async open(): Promise<Neighbourhood> {
    return new Neighbourhood(await EpmdServer.start({ port: 0 }));
  }

  /** A real `erl`; `options` are more words for its command line. */
  async erl(
    name: string,
    { cookie = COOKIE, options = [] as readonly string[] } = {},
  ): Promise<ErlangNode> {
    const node = await ErlangNode.start({
      name,
      cookie,
      epmdPort: this.epmd.port,
      options,
    });
    this.#erlang.push(node);
    return node;
  }

  /** A node of this runtime, over sockets; its time is real without a clock. */
  async here(
    name: string,
    options: DistributionOptions = {},
    clock?: Clock,
  ): Promise<Place> {
    const epmd = { epmdPort: this.epmd.port };
    const made = await place(name, { cookie: COOKIE, epmd, ...options }, clock);
    this.#places.push(made);
    return made;
  }

  /** A node of this runtime in a process of its own, to be killed or stopped. */
  async doomed(name: string, tickTimeMs = 60_000): Promise<ChildProcess> {
    const script = join(import.meta.dirname, "doomed-node.ts");
    const numbers = [this.epmd.port, tickTimeMs].map(String);
    const words = ["--import", "tsx", script, name, COOKIE, ...numbers];
    const child = spawn(process.execPath, words);
    this.#children.push(child);
    await once(child.stdout, "data");
    return child;
  }

  async close(): Promise<void> {
    for (const one of this.#places) one.stop();
    await Promise.all(this.#erlang.map((node) => node.kill()));
    await this.epmd.close();
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGKILL");
      await once(child, "close");
    }
  }
}
