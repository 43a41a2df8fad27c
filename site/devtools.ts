import type { Readable, Writable } from "node:stream";

export type Params = Readonly<Record<string, unknown>>;
type Listener = (params: Record<string, unknown>) => void;

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: Record<string, unknown>;
}

/**
 * The DevTools protocol over two pipes: messages are JSON with a zero byte
 * behind each, so neither a library nor a port is needed.
 */
export class DevTools {
  readonly #out: Writable;
  readonly #waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: Error) => void }
  >();
  readonly #listeners = new Map<string, Set<Listener>>();
  #lastId = 0;
  #rest = "";

  constructor(out: Writable, input: Readable) {
    this.#out = out;
    input.setEncoding("utf8").on("data", (chunk: string) => {
      const messages = (this.#rest + chunk).split("\0");
      this.#rest = messages.pop() ?? "";
      for (const message of messages) this.#receive(JSON.parse(message));
    });
    // Calls that will never be answered end with an error, not with silence.
    input.once("close", () => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error("The browser ended before it answered."));
      }
    });
    out.on("error", () => {});
  }

  call<R = Record<string, unknown>>(
    method: string,
    params: Params = {},
    sessionId?: string,
  ): Promise<R> {
    this.#lastId += 1;
    const id = this.#lastId;
    const message = { id, method, params, ...(sessionId && { sessionId }) };
    this.#out.write(`${JSON.stringify(message)}\0`);
    return new Promise<R>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  on(event: string, listener: Listener): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  /** Resolves at the next event of this name that the caller accepts. */
  next(
    event: string,
    accepts: (params: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
      const listener: Listener = (params) => {
        if (!accepts(params)) return;
        this.#listeners.get(event)?.delete(listener);
        resolve(params);
      };
      this.on(event, listener);
    });
  }

  #receive({ id, result, error, method, params = {} }: Message): void {
    if (id !== undefined) {
      const caller = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) caller?.reject(new Error(error.message));
      else caller?.resolve(result as never);
    } else if (method) {
      for (const listener of this.#listeners.get(method) ?? []) {
        listener(params);
      }
    }
  }
}
