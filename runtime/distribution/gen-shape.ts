import { isRef } from "../core/ref.ts";
import { RemotePid } from "../core/remote.ts";
import { aliasIn, aliasMark } from "./alias-mark.ts";
import { bare, named } from "./bare-word.ts";
import { tuple } from "./etf/index.ts";
import { ForeignTag } from "./foreign-tag.ts";
import {
  systemFromErlang,
  systemReply,
  systemToErlang,
} from "./system-shape.ts";

// A call of a gen_server looks a little different in Erlang than between the
// processes of this runtime. Only here the one becomes the other.
//
//   here                                   Erlang
//   ["$gen_call", [pid, ref], request]     {'$gen_call', {Pid, [alias|Ref]}, Request}
//   ["$gen_reply", ref, reply]             {[alias|Ref], Reply}
//   a request "balance"                    balance, an atom

/** A message as Erlang's `gen` would send it. */
export function toErlang(message: unknown): unknown {
  if (!Array.isArray(message)) return message;
  switch (message[0]) {
    case "$gen_call": {
      const [tag, from, request] = message;
      if (message.length !== 3 || !isFrom(from)) return message;
      const [pid, ref] = from;
      return [tag, tuple(pid, markOf(ref)), named(request)];
    }
    case "$gen_cast":
      return message.length === 2 ? [message[0], named(message[1])] : message;
    case "$gen_reply":
      if (message.length !== 3) return message;
      return tuple(markOf(message[1]), message[2]);
    case "$system":
      return message.length === 3 && isFrom(message[1])
        ? systemToErlang(message)
        : message;
    default:
      return message;
  }
}

/** A message that came, as the servers and callers of this runtime know it. */
export function fromErlang(message: unknown): unknown {
  if (!Array.isArray(message)) return message;
  if (message.length === 3 && message[0] === "$gen_call") {
    const [tag, from, request] = message;
    if (!isFrom(from)) return message;
    const [pid, mark] = from;
    const address = aliasIn(mark) ?? tagFrom(mark, pid);
    return [tag, [pid, address], bare(request)];
  }
  if (message[0] === "system" && message.length === 3) {
    return systemFromErlang(message);
  }
  // What only the processes of one node say to each other.
  if (message[0] === "$system") return ["system", ...message.slice(1)];
  if (message.length === 2) {
    const [first, second] = message;
    if (first === "$gen_cast") return [first, bare(second)];
    const ref = aliasIn(first);
    if (ref !== undefined) return ["$gen_reply", ref, second];
    return systemReply(first, second) ?? message;
  }
  return message;
}

function isFrom(from: unknown): from is readonly [unknown, unknown] {
  return Array.isArray(from) && from.length === 2;
}

/** A tag that is not an alias, as an address all the same. */
function tagFrom(mark: unknown, pid: unknown): unknown {
  return pid instanceof RemotePid ? new ForeignTag(mark, pid) : mark;
}

function markOf(tag: unknown): unknown {
  if (tag instanceof ForeignTag) return tag.tag;
  return isRef(tag) ? aliasMark(tag) : tag;
}
