import { connect, type Socket } from "node:net";
import { EpmdError } from "./epmd-error.ts";
import { encodeRequest, type Request } from "./request.ts";

/** Where EPMD is asked, and for how long. */
export interface Epmd {
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly port: number;
  /** From the connection to the end of the answer; default 10 s, as in OTP. */
  readonly timeoutMs?: number;
}

/** No answer is longer: 1024 names of 255 bytes in lines of a little more. */
const LONGEST_ANSWER = 1024 * 1024;

/**
 * Connects to EPMD, sends the request and gathers the answer.
 *
 * `read` looks at all bytes so far: `"more"` goes on reading, anything else is
 * the result. Once the answer ends, `ended` is true and `"more"` is an error.
 *
 * @returns the result, and the connection, which is still open unless EPMD
 * closed it. Without a result the connection is closed.
 */
export function ask<T>(
  { host = "127.0.0.1", port, timeoutMs = 10_000 }: Epmd,
  request: Request,
  read: (bytes: Uint8Array, ended: boolean) => T | "more",
): Promise<{ readonly result: T; readonly socket: Socket }> {
  const place = `port ${port} on ${host}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let answer = new Uint8Array(0);
    const stop = (error: EpmdError) => {
      finish();
      socket.destroy();
      reject(error);
    };
    const look = (ended: boolean) => {
      try {
        const result = read(answer, ended);
        if (result === "more") return false;
        finish();
        resolve({ result, socket });
      } catch (error) {
        stop(error as EpmdError);
      }
      return true;
    };
    const onData = (chunk: Uint8Array) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length > LONGEST_ANSWER) stop(garbage(place));
      else look(false);
    };
    const onClose = () => {
      if (!look(true)) stop(closed(place));
    };
    const timer = setTimeout(() => stop(late(place, timeoutMs)), timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      socket.off("data", onData).off("close", onClose);
    };
    socket.on("data", onData).on("close", onClose);
    let connected = false;
    socket.once("connect", () => {
      connected = true;
    });
    // Stays for good: a later error is followed by "close", which is enough.
    socket.on("error", (error) => {
      if (!connected) stop(nobody(place, error));
    });
    socket.write(encodeRequest(request));
  });
}

function nobody(place: string, cause: Error): EpmdError {
  return new EpmdError(
    "econnrefused",
    `No EPMD answers at ${place}. Start one with "epmd -daemon", or let this program be one.`,
    { cause },
  );
}

function late(place: string, timeoutMs: number): EpmdError {
  return new EpmdError(
    "timeout",
    `EPMD at ${place} gave no answer within ${timeoutMs} ms. See whether it hangs, and what else listens there.`,
  );
}

function closed(place: string): EpmdError {
  return new EpmdError(
    "closed",
    `EPMD at ${place} closed the connection without an answer. It does so when a request is not one; see what listens there.`,
  );
}

/** What came back is not EPMD's language. */
export function garbage(place: string): EpmdError {
  return new EpmdError(
    "garbage_from_epmd",
    `What answers at ${place} is no EPMD. Stop it, or choose another port with ERL_EPMD_PORT.`,
  );
}
