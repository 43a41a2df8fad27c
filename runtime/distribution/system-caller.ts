import { format } from "../core/format.ts";
import { isRef } from "../core/ref.ts";
import { type Remote, type RemotePid, RemoteRef } from "../core/remote.ts";
import { atom, EtfError, ImproperList, tuple } from "./etf/index.ts";
import { isStatus, statusToErlang } from "./status-shape.ts";

/**
 * Whoever asks a server here through `sys` from elsewhere. To the server it is
 * an address like any other; the answer goes back as Erlang expects it.
 */
export class SystemCaller extends RemoteRef {
  /** @param answer what it is told in place of what the server says. */
  constructor(pid: RemotePid, mark: unknown, answer?: () => unknown) {
    super(new WayBack(pid, mark, answer), [], pid.creation, pid.nodeIndex);
  }
}

class WayBack implements Remote {
  readonly #pid: RemotePid;
  readonly #mark: unknown;
  readonly #answer: (() => unknown) | undefined;

  constructor(pid: RemotePid, mark: unknown, answer?: () => unknown) {
    this.#pid = pid;
    this.#mark = mark;
    this.#answer = answer;
  }

  get nodeName(): string {
    return this.#pid.remote.nodeName;
  }

  send(from: Parameters<Remote["send"]>[0], _to: unknown, message: unknown) {
    const value = Array.isArray(message) ? message[2] : undefined;
    const answer = this.#answer?.() ?? shown(value);
    const to = aliasIn(this.#mark) ?? this.#pid;
    const { remote } = this.#pid;
    try {
      remote.send(from, to, tuple(this.#mark, answer));
    } catch (error) {
      // Nobody is harmed by a look: what has no term is told in words.
      if (!(error instanceof EtfError)) throw error;
      const told = ["unencodable", format(value)];
      remote.send(from, to, tuple(this.#mark, told));
    }
  }

  link(): void {}
  unlink(): void {}
  exit(): void {}
  monitor(): void {}
  demonitor(): void {}
  down(): void {}
}

/** A status in Erlang's shape; the word "ok" as its atom. */
function shown(value: unknown): unknown {
  if (value === "ok") return atom("ok");
  return isStatus(value) ? statusToErlang(value) : value;
}

/** The reference in `[alias|Ref]`: the only way to a caller that has given up. */
function aliasIn(mark: unknown): RemoteRef | undefined {
  if (!(mark instanceof ImproperList) || mark.items[0] !== atom("alias"))
    return;
  const { tail } = mark;
  return isRef(tail) && tail instanceof RemoteRef ? tail : undefined;
}
