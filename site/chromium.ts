import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

type Params = Readonly<Record<string, unknown>>;
type Listener = (params: Record<string, unknown>) => void;

const names = ["chromium", "chromium-browser", "google-chrome"];
const flags =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars --remote-debugging-pipe";

/** The browser on this machine, if there is one. */
export const browserName = names.find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

/** One tab, over the DevTools protocol. */
export interface Tab {
  call<R = Record<string, unknown>>(
    method: string,
    params?: Params,
  ): Promise<R>;
  /** The value of an expression in the page; promises are waited for. */
  evaluate<R>(expression: string): Promise<R>;
  /** Resolves at the next event of this name that the test accepts. */
  next(
    event: string,
    accepts?: (params: Record<string, unknown>) => boolean,
  ): Promise<Record<string, unknown>>;
  on(event: string, listener: Listener): void;
  /** Resolves when the page and all it needs are there. */
  open(url: string): Promise<void>;
}

/**
 * Starts a browser that talks over two pipes: messages are JSON with a zero
 * byte behind each, so no library and no port is needed.
 */
export async function startChromium(name: string) {
  const profile = mkdtempSync(join(tmpdir(), "let-it-crash-browser-"));
  const child = spawn(
    name,
    [...flags.split(" "), `--user-data-dir=${profile}`],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    },
  );
  const out = child.stdio[3] as Writable;
  const input = child.stdio[4] as Readable;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: Error) => void }
  >();
  const listeners = new Map<string, Set<Listener>>();
  let id = 0;
  let rest = "";
  input.setEncoding("utf8").on("data", (chunk: string) => {
    const messages = (rest + chunk).split("\0");
    rest = messages.pop() ?? "";
    for (const message of messages) receive(JSON.parse(message));
  });
  void exited.then(() => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`${name} ended before it answered.`));
    }
  });

  const target = await call<{ targetId: string }>("Target.createTarget", {
    url: "about:blank",
  });
  const { sessionId } = await call<{ sessionId: string }>(
    "Target.attachToTarget",
    { targetId: target.targetId, flatten: true },
  );
  const tab: Tab = {
    call: (method, params = {}) => call(method, params, sessionId),
    async evaluate<R>(expression: string) {
      const answer = await tab.call<{
        result: { value: R };
        exceptionDetails?: { exception?: { description?: string } };
      }>("Runtime.evaluate", {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      const thrown = answer.exceptionDetails;
      if (thrown) throw new Error(thrown.exception?.description ?? "thrown");
      return answer.result.value;
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
    },
    next(event, accepts = () => true) {
      return new Promise((resolve) => {
        const listener: Listener = (params) => {
          if (!accepts(params)) return;
          listeners.get(event)?.delete(listener);
          resolve(params);
        };
        tab.on(event, listener);
      });
    },
    async open(url) {
      const loaded = tab.next("Page.loadEventFired");
      await tab.call("Page.navigate", { url });
      await loaded;
    },
  };
  await tab.call("Page.enable");
  await tab.call("Network.enable");

  return {
    tab,
    /** A call to the browser rather than to the tab. */
    call,
    async close() {
      void call("Browser.close").catch(() => {});
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };

  function call<R>(
    method: string,
    params: Params = {},
    session?: string,
  ): Promise<R> {
    id += 1;
    const message = {
      id,
      method,
      params,
      ...(session && { sessionId: session }),
    };
    out.write(`${JSON.stringify(message)}\0`);
    return new Promise<R>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
    });
  }

  function receive(message: {
    id?: number;
    result?: unknown;
    error?: { message: string };
    method?: string;
    params?: Record<string, unknown>;
  }): void {
    const { id, method } = message;
    if (id !== undefined) {
      const caller = waiting.get(id);
      waiting.delete(id);
      if (message.error) caller?.reject(new Error(message.error.message));
      else caller?.resolve(message.result as never);
    } else if (method) {
      for (const listener of listeners.get(method) ?? []) {
        listener(message.params ?? {});
      }
    }
  }
}
