import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { DevTools, type Params } from "./devtools.ts";

const names = ["chromium", "chromium-browser", "google-chrome"];
const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars --remote-debugging-pipe";

/** The browser on this machine, if there is one. */
export const browserName = names.find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

interface Evaluated {
  readonly result: { readonly value: unknown };
  readonly exceptionDetails?: { exception?: { description?: string } };
}

/** One tab of a browser that was started for a test. */
export class Tab {
  readonly devtools: DevTools;
  readonly #session: string;

  constructor(devtools: DevTools, session: string) {
    this.devtools = devtools;
    this.#session = session;
  }

  call(method: string, params: Params = {}): Promise<unknown> {
    return this.devtools.call(method, params, this.#session);
  }

  /** The value of an expression in the page; promises are waited for. */
  async evaluate<R>(expression: string): Promise<R> {
    const { result, exceptionDetails } = (await this.call("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as Evaluated;
    const why = exceptionDetails?.exception?.description;
    if (exceptionDetails) throw new Error(why ?? "The page threw no error.");
    return result.value as R;
  }

  /** Resolves when the page and all it needs are there. */
  async open(url: string): Promise<void> {
    const loaded = this.devtools.next("Page.loadEventFired");
    await this.call("Page.navigate", { url });
    await loaded;
  }
}

/** Starts a browser with a profile of its own, and opens one tab. */
export async function startChromium() {
  const name = browserName;
  if (name === undefined) {
    throw new Error(
      `None of ${names.join(", ")} runs here. Install one, as .ci/run does.`,
    );
  }
  const profile = mkdtempSync(join(tmpdir(), "let-it-crash-browser-"));
  const child = spawn(
    name,
    [...flags.split(" "), `--user-data-dir=${profile}`],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const devtools = new DevTools(
    child.stdio[3] as Writable,
    child.stdio[4] as Readable,
  );
  const { targetId } = await devtools.call("Target.createTarget", {
    url: "about:blank",
  });
  const { sessionId } = await devtools.call("Target.attachToTarget", {
    targetId,
    flatten: true,
  });
  const tab = new Tab(devtools, String(sessionId));
  await tab.call("Page.enable");
  await tab.call("Network.enable");
  return {
    tab,
    devtools,
    async close() {
      void devtools.call("Browser.close").catch(() => {});
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
