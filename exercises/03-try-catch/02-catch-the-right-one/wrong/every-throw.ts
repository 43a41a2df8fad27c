// Misconception: whatever is thrown says that the receiver is unknown
// Caught by: a throw of something else reaches the caller
import {
  classOf,
  type DownMessage,
  Exit,
  type Pid,
  type Self,
  type Step,
} from "#runtime";

export type ToReader = [tag: "read", from: Pid<ToSender>, text: string];
export type ToSender = "seen" | "stop" | DownMessage;
export type Receiver = Pid<ToReader> | string;

/**
 * Sends `text` and waits until it has been seen.
 *
 * Throws `["unknown_receiver", name]` and `["too_long", length]`. Exits with
 * `["lost_connection", why]` if the receiver is gone, and with `"shutdown"`
 * when it is told to stop. An empty text is an error.
 */
export function* sendMessage(
  self: Self<ToSender>,
  to: Receiver,
  text: string,
): Step<void> {
  if (text === "") throw new Error("there is nothing to send");
  if (text.length > 100) throw ["too_long", text.length];
  const reader = typeof to === "string" ? self.whereis(to) : to;
  if (reader === undefined) throw ["unknown_receiver", to];
  const ref = self.monitor(reader);
  self.send<ToReader>(reader, ["read", self.pid, text]);
  yield* self.receive({
    seen: () => self.demonitor(ref, { flush: true }),
    stop: () => self.exit("shutdown"),
    DOWN: (_ref, _type, _pid, why) => self.exit(["lost_connection", why]),
  });
}

/** Sends `text` if there is somebody who reads it, and says whether it has. */
export function* deliver(
  self: Self<ToSender>,
  to: Receiver,
  text: string,
): Step<"sent" | "nobody there"> {
  try {
    yield* sendMessage(self, to, text);
    return "sent";
  } catch (caught) {
    if (classOf(caught) === "throw") return "nobody there";
    const reason = caught instanceof Exit ? caught.reason : undefined;
    if (Array.isArray(reason) && reason[0] === "lost_connection") {
      return "nobody there";
    }
    throw caught;
  }
}
