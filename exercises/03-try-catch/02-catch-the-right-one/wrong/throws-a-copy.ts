// Misconception: an error with the same text is the same error
// Caught by: an error of the program goes on as it is
import {
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
    const reason = caught instanceof Exit ? caught.reason : caught;
    const tag = Array.isArray(reason) ? reason[0] : undefined;
    const isNobody = tag === "unknown_receiver" || tag === "lost_connection";
    if (isNobody) return "nobody there";
    if (caught instanceof Error) throw new Error(caught.message);
    throw caught;
  }
}
