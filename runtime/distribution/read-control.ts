import { bare } from "./bare-word.ts";
import type { Control } from "./control.ts";
import { malformed } from "./distribution-error.ts";
import { Atom, type Codec, Tuple } from "./etf/index.ts";
import { arities, Operation } from "./operations.ts";
import { readSpawn, readSpawnReply } from "./read-spawn.ts";

/** What every packet between connected nodes without an atom cache begins with. */
export const PASS_THROUGH = 112;

/** A control tuple, and what follows it in the packet when asked for. */
export interface Parts {
  readonly fields: readonly unknown[];
  /** A message or an exit reason: a bare atom is a string. */
  message(): unknown;
  /** A term like any other. */
  term(): unknown;
}

/**
 * The control message in a packet, its length already taken off.
 *
 * @throws DistributionError `malformed`, or EtfError: no node sends this.
 */
export function readControl(packet: Uint8Array, codec: Codec): Control {
  if (packet[0] !== PASS_THROUGH) {
    throw malformed(
      `a packet begins with ${PASS_THROUGH}, not with ${packet[0]}`,
    );
  }
  const [fields, end] = codec.decodeAt(packet, 1);
  if (!(fields instanceof Tuple) || typeof fields[0] !== "number") {
    throw malformed("a control message is a tuple that begins with a number");
  }
  const rest = packet.subarray(end);
  let used = false;
  const read = <T>(decode: (bytes: Uint8Array) => T): T => {
    used = true;
    return decode(rest);
  };
  const control = controlOf({
    fields,
    message: () => read(codec.decodeMessage),
    term: () => read(codec.decode),
  });
  if (!used && rest.length > 0 && control.kind !== "ignored") {
    throw malformed(`operation ${fields[0]} is followed by a payload`);
  }
  return control;
}

function controlOf(parts: Parts): Control {
  const [operation, a, b, c, d] = parts.fields;
  const arity = arities.get(operation);
  if (arity === undefined) {
    throw malformed(`there is no operation ${operation}`);
  }
  if (parts.fields.length !== arity + 1) {
    throw malformed(
      `operation ${operation} has ${arity} fields, not ${parts.fields.length - 1}`,
    );
  }
  switch (operation) {
    case Operation.SEND:
    case Operation.SEND_TT:
    case Operation.SEND_SENDER:
    case Operation.SEND_SENDER_TT:
      return { kind: "send", to: b, message: parts.message() };
    case Operation.REG_SEND:
    case Operation.REG_SEND_TT:
      return { kind: "send-name", to: nameOf(c), message: parts.message() };
    case Operation.ALIAS_SEND:
    case Operation.ALIAS_SEND_TT:
      return { kind: "send-alias", to: b, message: parts.message() };
    case Operation.LINK:
      return { kind: "link", from: a, to: b };
    case Operation.UNLINK_ID:
      return { kind: "unlink", id: idOf(a), from: b, to: c };
    case Operation.UNLINK_ID_ACK:
      return { kind: "unlink-ack", id: idOf(a), from: b, to: c };
    case Operation.EXIT:
      return exit(a, b, bare(c), true);
    case Operation.EXIT_TT:
      return exit(a, b, bare(d), true);
    case Operation.EXIT2:
      return exit(a, b, bare(c), false);
    case Operation.EXIT2_TT:
      return exit(a, b, bare(d), false);
    case Operation.PAYLOAD_EXIT:
    case Operation.PAYLOAD_EXIT_TT:
      return exit(a, b, parts.message(), true);
    case Operation.PAYLOAD_EXIT2:
    case Operation.PAYLOAD_EXIT2_TT:
      return exit(a, b, parts.message(), false);
    case Operation.MONITOR_P:
      return { kind: "monitor", from: a, watched: bare(b), ref: c };
    case Operation.DEMONITOR_P:
      return { kind: "demonitor", from: a, watched: bare(b), ref: c };
    case Operation.MONITOR_P_EXIT:
      return { kind: "down", to: b, ref: c, reason: bare(d) };
    case Operation.PAYLOAD_MONITOR_P_EXIT:
      return { kind: "down", to: b, ref: c, reason: parts.message() };
    case Operation.SPAWN_REQUEST:
    case Operation.SPAWN_REQUEST_TT:
      return readSpawn(parts);
    case Operation.SPAWN_REPLY:
    case Operation.SPAWN_REPLY_TT:
      return readSpawnReply(parts);
    default:
      return { kind: "ignored" };
  }
}

function exit(
  from: unknown,
  to: unknown,
  reason: unknown,
  overLink: boolean,
): Control {
  return { kind: "exit", from, to, reason, overLink };
}

function nameOf(value: unknown): string {
  if (value instanceof Atom) return value.text;
  // These four names are values in JavaScript.
  if (value === true || value === false || value === null) return String(value);
  throw malformed("the name of a process is an atom");
}

function idOf(value: unknown): number | bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw malformed("the id of an unlink is an integer");
}
