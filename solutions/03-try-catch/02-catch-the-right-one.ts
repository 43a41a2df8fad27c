import {
  classOf,
  type DownMessage,
  type Exit,
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
  } catch (caught) {
    if (!isNobodyThere(caught)) throw caught;
    return "nobody there";
  }
  return "sent";
}

/** By class and by reason: this throw, that exit, and nothing else. */
function isNobodyThere(caught: unknown): boolean {
  switch (classOf(caught)) {
    case "throw":
      return isTagged(caught, "unknown_receiver");
    case "exit":
      return isTagged((caught as Exit).reason, "lost_connection");
    case "error":
      return false;
  }
}

function isTagged(reason: unknown, tag: string): boolean {
  return Array.isArray(reason) && reason[0] === tag;
}
