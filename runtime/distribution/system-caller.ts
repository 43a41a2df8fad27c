import { format } from "../core/format.ts";
import { type Remote, type RemotePid, RemoteRef } from "../core/remote.ts";
import { aliasIn } from "./alias-mark.ts";
import { atom, EtfError, tuple } from "./etf/index.ts";
import { isStatus, statusToErlang } from "./status-shape.ts";
import { WayBack } from "./way-back.ts";

/**
 * Whoever asks a server here through `sys` from elsewhere. To the server it is
 * an address like any other; the answer goes back as Erlang expects it.
 */
export class SystemCaller extends RemoteRef {
  /** @param answer what it is told in place of what the server says. */
  constructor(pid: RemotePid, mark: unknown, answer?: () => unknown) {
    super(new SystemAnswer(pid, mark, answer), [], pid.creation, pid.nodeIndex);
  }
}

class SystemAnswer extends WayBack {
  readonly #mark: unknown;
  readonly #answer: (() => unknown) | undefined;

  constructor(caller: RemotePid, mark: unknown, answer?: () => unknown) {
    super(caller);
    this.#mark = mark;
    this.#answer = answer;
  }

  send(...[from, , message]: Parameters<Remote["send"]>): void {
    const value = Array.isArray(message) ? message[2] : undefined;
    const answer = this.#answer?.() ?? shown(value);
    const alias: unknown = aliasIn(this.#mark);
    const to = alias instanceof RemoteRef ? alias : this.caller;
    const { remote } = this.caller;
    try {
      remote.send(from, to, tuple(this.#mark, answer));
    } catch (error) {
      // Nobody is harmed by a look: what has no term is told in words.
      if (!(error instanceof EtfError)) throw error;
      const told = ["unencodable", format(value)];
      remote.send(from, to, tuple(this.#mark, told));
    }
  }
}

/** A status in Erlang's shape; the word "ok" as its atom. */
function shown(value: unknown): unknown {
  if (value === "ok") return atom("ok");
  return isStatus(value) ? statusToErlang(value) : value;
}
