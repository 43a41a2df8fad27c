import type { Process, Self } from "#runtime";
import {
  close,
  connect,
  type Socket,
  send,
  type TcpMessage,
} from "#runtime/net";
import { leaving } from "./leaving.ts";
import { giveBack, putBack } from "./typed.ts";
import { decode } from "./wire.ts";

/** What the keyboard says. */
export type FromKeyboard = readonly ["say", text: string] | "quit";

/** What a person is shown. */
export type Shown =
  | readonly ["joined", name: string]
  | readonly ["heard", text: string]
  | readonly ["refused", why: string]
  | readonly ["waiting", why: string, forMs: number]
  | readonly ["unsent", text: string]
  | readonly ["bye"];
export type Show = (shown: Shown) => void;

/** Who wants to talk, and where. */
export interface Guest {
  readonly name: string;
  readonly port: number;
}
export type Here = Self<TcpMessage | FromKeyboard | "again">;

const CONNECT_LIMIT_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

// #region client
/** Joins, talks, and joins again whenever the chat has been away. */
export function* client(
  self: Here,
  guest: Guest,
  show: Show,
  pauseMs = FIRST_PAUSE_MS,
): Process {
  const { name, port } = guest;
  const packet = { packet: 2 } as const;
  const address = ["127.0.0.1", port, packet, CONNECT_LIMIT_MS] as const;
  const result = yield* connect(self, ...address);
  if (result[0] === "error") {
    return pausing(self, guest, show, `nobody answers on ${port}`, pauseMs);
  }
  const [, socket] = result;
  yield* send(self, socket, name);
  return yield* login(self, socket, guest, show, pauseMs, []);
}
// #endregion

/** What is typed before the answer waits for it; so does a good-bye behind it. */
function* login(
  self: Here,
  socket: Socket,
  guest: Guest,
  show: Show,
  pauseMs: number,
  typed: FromKeyboard[],
): Process {
  const wait = (one: FromKeyboard) =>
    login(self, socket, guest, show, pauseMs, [...typed, one]);
  return yield* self.receive<Process | void>({
    *tcp(_, data) {
      const answer = decode(data);
      if (answer?.[0] === "ok") {
        yield* putBack(self, typed);
        show(["joined", answer[1]]);
        return talking(self, socket, guest, show);
      }
      close(self, socket);
      if (answer?.[0] === "try_again") {
        yield* putBack(self, typed);
        const why = "the validator is away";
        return pausing(self, guest, show, why, pauseMs);
      }
      show(["refused", answer?.[1] ?? "The chat has a trouble of its own."]);
      yield* giveBack(self, typed, show);
    },
    *tcp_closed() {
      yield* putBack(self, typed);
      return pausing(self, guest, show, "the chat hung up", pauseMs);
    },
    say: (text) => wait(["say", text]),
    quit() {
      // Said twice: whoever has no patience means now.
      if (typed.length === 0 || typed.includes("quit")) return show(["bye"]);
      return wait("quit");
    },
  });
}

function* talking(
  self: Here,
  socket: Socket,
  guest: Guest,
  show: Show,
): Process {
  const go = () => talking(self, socket, guest, show);
  const leave = () => leaving(self, socket, show);
  return yield* self.receive<Process | void>({
    tcp(_, data) {
      const message = decode(data);
      if (message?.[0] === "msg") show(["heard", message[1]]);
      return go();
    },
    *say(text) {
      if (text === "stop") return leave();
      const sent = yield* send(self, socket, text);
      if (sent !== "ok") show(["unsent", text]);
      return go();
    },
    quit: leave,
    tcp_closed: () => pausing(self, guest, show, "the chat has gone"),
    _: go,
  });
}

/** Waits, twice as long each time. What is typed meanwhile is given back. */
function* pausing(
  self: Here,
  guest: Guest,
  show: Show,
  why: string,
  pauseMs = FIRST_PAUSE_MS,
): Process {
  show(["waiting", why, pauseMs]);
  self.sendAfter(pauseMs, self.pid, "again");
  const next = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  return yield* waiting(self, show, () => client(self, guest, show, next));
}

function* waiting(self: Here, show: Show, again: () => Process): Process {
  return yield* self.receive<Process | void>({
    again: () => again(),
    say(text) {
      show(["unsent", text]);
      return waiting(self, show, again);
    },
    quit: () => show(["bye"]),
    tcp_closed: () => waiting(self, show, again),
  });
}
