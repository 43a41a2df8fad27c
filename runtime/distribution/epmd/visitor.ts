import type { Socket } from "node:net";
import type { Directory } from "./directory.ts";
import { encodeNames } from "./names-response.ts";
import { decodeRequest, type Request } from "./request.ts";
import { encodePort, encodeRegistered } from "./response.ts";

/** The longest request, in bytes, without its length; as in OTP's epmd. */
const LONGEST_REQUEST = 1021;

/**
 * One connection to the daemon: one request, one answer, and then it is
 * closed; unless it registered a name, which it holds by staying open.
 *
 * A request that is not one is closed without a word, as OTP's epmd does it.
 *
 * @param stays - Called once the connection may stay for as long as it likes.
 */
export function attend(
  socket: Socket,
  directory: Directory<Socket>,
  port: number,
  stays: () => void,
): void {
  let received: Uint8Array = new Uint8Array(0);
  let done = false;
  const answer = (bytes: Uint8Array) => {
    socket.write(bytes);
    socket.destroySoon();
  };
  const obey = (request: Request) => {
    switch (request.kind) {
      case "names":
        return answer(encodeNames(port, directory.names()));
      case "port_please":
        return answer(encodePort(directory.lookup(request.name)));
      case "register": {
        const { registration } = request;
        const creation = directory.register(socket, registration);
        const told = encodeRegistered(creation, registration.highestVersion);
        if (creation === "taken") return answer(told);
        socket.write(told);
        return stays();
      }
    }
  };
  socket.on("data", (chunk) => {
    // The request was all that a connection may say.
    if (done) return void socket.destroy();
    received = Buffer.concat([received, chunk]);
    const request = requestIn(received);
    if (request === "more") return;
    done = true;
    if (request === "garbage") socket.destroy();
    else obey(request);
  });
  // A reset is followed by "close" like any other end.
  socket.on("error", () => {});
  socket.on("close", () => directory.release(socket));
}

function requestIn(received: Uint8Array): Request | "more" | "garbage" {
  const [high, low] = received;
  if (high === undefined || low === undefined) return "more";
  const length = high * 256 + low;
  if (length === 0 || length > LONGEST_REQUEST) return "garbage";
  if (received.length < 2 + length) return "more";
  if (received.length > 2 + length) return "garbage";
  return decodeRequest(received.subarray(2));
}
