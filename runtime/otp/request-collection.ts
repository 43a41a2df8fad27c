import { after, when } from "../core/clauses.ts";
import type { Step } from "../core/message.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { type RequestId, type Response, responseOf } from "./requests.ts";
import type { ResponseMessage } from "./send-call.ts";

type Entry<L> = readonly [request: RequestId, label: L];

/**
 * Requests under way, each with a label; never changed, only made anew.
 * Erlang's `request_id_collection()`.
 */
export class RequestIds<L> {
  readonly #entries: ReadonlyMap<Ref, Entry<L>>;

  private constructor(entries: ReadonlyMap<Ref, Entry<L>>) {
    this.#entries = entries;
  }

  static none<L>(): RequestIds<L> {
    return new RequestIds(new Map());
  }

  get size(): number {
    return this.#entries.size;
  }

  add(request: RequestId, label: L): RequestIds<L> {
    const entry = [request, label] as const;
    return new RequestIds(new Map(this.#entries).set(request.ref, entry));
  }

  without(request: RequestId): RequestIds<L> {
    const entries = new Map(this.#entries);
    entries.delete(request.ref);
    return new RequestIds(entries);
  }

  get(ref: unknown): Entry<L> | undefined {
    return this.#entries.get(ref as Ref);
  }

  toList(): Entry<L>[] {
    return [...this.#entries.values()];
  }
}

/** An empty collection of requests. Erlang's `gen_server:reqids_new/0`. */
export function requestIds<L = unknown>(): RequestIds<L> {
  return RequestIds.none();
}

/** A response, its request's label, and the requests that are left. */
export type LabelledResponse<L> = readonly [
  response: Response,
  label: L,
  requests: RequestIds<L>,
];

/** Whether an answered request stays in the collection. */
export type Then = "delete" | "keep";

type Waited<L> = Step<LabelledResponse<L> | "no_request" | "timeout">;

/** Waits for any of them. Erlang's `gen_server:wait_response/3`. */
export function waitAnyResponse<L>(
  caller: Caller,
  requests: RequestIds<L>,
  timeoutMs: number,
  then: Then,
): Waited<L> {
  const step = awaitAny(caller as Self<never>, requests, timeoutMs, then);
  return suspending(caller, "genServer.waitAnyResponse", step);
}

/**
 * The same; after a time-out all of them are given up.
 * Erlang's `gen_server:receive_response/3`.
 */
export function receiveAnyResponse<L>(
  caller: Caller,
  requests: RequestIds<L>,
  timeoutMs: number,
  then: Then,
): Waited<L> {
  const step = receiveAny(caller as Self<never>, requests, timeoutMs, then);
  return suspending(caller, "genServer.receiveAnyResponse", step);
}

function* receiveAny<L>(
  self: Self<never>,
  requests: RequestIds<L>,
  timeoutMs: number,
  then: Then,
): Waited<L> {
  const response = yield* awaitAny(self, requests, timeoutMs, then);
  if (response === "timeout") {
    for (const [{ ref }] of requests.toList()) {
      self.demonitor(ref, { flush: true });
    }
  }
  return response;
}

/** Whether a message answers any of them. `gen_server:check_response/3`. */
export function checkAnyResponse<L>(
  message: unknown,
  requests: RequestIds<L>,
  then: Then,
): LabelledResponse<L> | "no_request" | "no_reply" {
  if (requests.size === 0) return "no_request";
  const entry = requests.get(Array.isArray(message) ? message[1] : undefined);
  if (!entry) return "no_reply";
  const [request, label] = entry;
  const left = then === "delete" ? requests.without(request) : requests;
  return [responseOf(message as ResponseMessage, request), label, left];
}

function* awaitAny<L>(
  self: Self<never>,
  requests: RequestIds<L>,
  timeoutMs: number,
  then: Then,
): Waited<L> {
  if (requests.size === 0) return "no_request";
  const clause = (tag: string) =>
    when<[Ref, ...unknown[]], unknown>(
      (ref) => requests.get(ref) !== undefined,
      (...fields) => [tag, ...fields],
    );
  const message = yield* self.receive(
    { $gen_reply: clause("$gen_reply"), DOWN: clause("DOWN") } as never,
    after(timeoutMs, () => undefined),
  );
  if (message === undefined) return "timeout";
  return checkAnyResponse(message, requests, then) as LabelledResponse<L>;
}
