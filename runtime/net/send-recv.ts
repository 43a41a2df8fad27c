import { badarg } from "../core/errors.ts";
import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Caller } from "../core/self.ts";
import { call } from "./call.ts";
import { frame } from "./framing.ts";
import { Listening } from "./listening.ts";
import { connectionOf } from "./local-socket.ts";
import { type Failure, failure, type Result } from "./result.ts";
import type { Socket } from "./socket.ts";

const encoder = new TextEncoder();

/**
 * Sends one message; a string goes out as UTF-8. Any process may. It waits
 * while the other side does not read. `gen_tcp:send/2`.
 *
 * @returns `emsgsize`, with nothing sent, if the message is longer than the
 * packet header can say. (Erlang writes a header that is cut off.)
 */
export function send(
  self: Caller,
  socket: Socket,
  data: Uint8Array | string,
): Step<"ok" | Failure> {
  return call(self, "send", sending, socket, data);
}

function* sending(
  process: LocalProcess,
  socket: Socket,
  data: Uint8Array | string,
): Step<"ok" | Failure> {
  const bytes = typeof data === "string" ? encoder.encode(data) : data;
  if (!(bytes instanceof Uint8Array)) {
    throw badarg(`send: ${String(data)} is neither a Uint8Array nor a string.`);
  }
  if (socket instanceof Listening) return failure("enotconn", { call: "send" });
  const connection = connectionOf(socket, "send");
  if (connection.closed) return failure("closed", { call: "send" });
  const framed = frame(connection.delivery.packet, bytes);
  if (framed === undefined) return failure("emsgsize", { call: "send" });
  return yield* connection.writing.send(process, framed);
}

/**
 * Takes the next message from a passive socket. `gen_tcp:recv/2,3`.
 *
 * @param length - With packet 0, exactly so many bytes; 0 is what is there.
 * With any other packet type it must be 0.
 * @param timeoutMs - In milliseconds. What has come until then is kept; 0 asks
 * for what is there.
 * @returns `closed` at the end, `timeout`, `einval` on an active socket,
 * `ealready` if another process waits on it, `enomem` for more than 64 MiB.
 */
export function recv(
  self: Caller,
  socket: Socket,
  length: number,
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<Result<Uint8Array>> {
  return call(self, "recv", receiving, socket, length, timeoutMs);
}

function* receiving(
  process: LocalProcess,
  socket: Socket,
  length: number,
  timeoutMs: number,
): Step<Result<Uint8Array>> {
  if (!Number.isInteger(length) || length < 0) {
    throw badarg(`recv: a length of ${String(length)}; 0 or more is wanted.`);
  }
  if (socket instanceof Listening) return failure("enotconn", { call: "recv" });
  const connection = connectionOf(socket, "recv");
  return yield* connection.recv(process, length, timeoutMs);
}
