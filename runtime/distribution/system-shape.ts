import { isRef } from "../core/ref.ts";
import { RemotePid } from "../core/remote.ts";
import { aliasMark } from "./alias-mark.ts";
import { bare, named } from "./bare-word.ts";
import { atom, ImproperList, tuple } from "./etf/index.ts";
import { statusFromErlang } from "./status-shape.ts";
import { SystemCaller } from "./system-caller.ts";

// What `sys` asks of a server looks a little different in Erlang, too.
//
//   here                                    Erlang
//   ["$system", [pid, ref], "get_state"]    {system, {Pid, Tag}, get_state}
//   ["$system_reply", ref, value]           {Tag, Value}
//
// The tag is ours to choose and comes back as it went. It says what was asked,
// so that nothing has to be remembered until the answer is there.

const system = atom("system");

/** What a server here answers; anything else is refused as Erlang does. */
const questions: ReadonlySet<unknown> = new Set([
  "get_state",
  "get_status",
  "suspend",
  "resume",
]);

/** A question to a server elsewhere, as Erlang's `sys` would send it. */
export function systemToErlang(message: readonly unknown[]): unknown {
  const [, from, request] = message;
  const [pid, ref] = from as readonly [unknown, unknown];
  if (Array.isArray(request) && request[0] === "terminate") {
    // Erlang says ok before it ends. To an alias that is none nothing comes.
    const reason = named(request[1]);
    return ["system", tuple(pid, aliasMark(ref)), [request[0], reason]];
  }
  const word = typeof request === "string" ? atom(request) : system;
  const mark = new ImproperList([system, word], ref);
  return ["system", tuple(pid, mark), named(request)];
}

/** An answer that such a question has got; `undefined` for anything else. */
export function systemReply(mark: unknown, value: unknown): unknown {
  if (!(mark instanceof ImproperList) || mark.items.length !== 2) return;
  const [first, word] = mark.items;
  if (first !== system || !isRef(mark.tail)) return undefined;
  const answer =
    `${word}` === "get_status" ? statusFromErlang(value) : bareOk(value);
  return ["$system_reply", mark.tail, answer];
}

/** A question from elsewhere, as a server here knows it. */
export function systemFromErlang(message: readonly unknown[]): unknown {
  const [, from, request] = message;
  if (!Array.isArray(from) || from.length !== 2) return message;
  const [pid, mark] = from;
  if (!(pid instanceof RemotePid)) return message;
  const word = bare(request);
  if (Array.isArray(word) && word.length === 2 && word[0] === "terminate") {
    const caller = new SystemCaller(pid, mark, () => atom("ok"));
    // A server here ends without a word; Erlang waits for one.
    caller.remote.send(undefined, caller, undefined);
    return ["$system", [caller, caller], ["terminate", bare(word[1])]];
  }
  const answer = questions.has(word)
    ? undefined
    : () => ["error", ["unknown_system_msg", request]];
  const caller = new SystemCaller(pid, mark, answer);
  return ["$system", [caller, caller], answer ? "get_state" : word];
}

/** What `suspend` and `resume` answer is a word here. */
function bareOk(value: unknown): unknown {
  return value === atom("ok") ? "ok" : value;
}
