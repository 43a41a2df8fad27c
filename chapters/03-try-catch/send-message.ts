import type { DownMessage, Process, Self } from "#runtime";
import { type Print, reasonIn, told } from "./classes.ts";

// #region send
export type Line = "open" | "cut" | "gone" | "misspelt";

/** Sends `text`, or gives up in the way that suits what is wrong. */
export function sendMessage(self: Self<never>, _text: string, line: Line) {
  switch (line) {
    case "open":
      return "ok";
    case "cut":
      throw ["lost_connection", "cable cut"];
    case "gone":
      return self.exit(["lost_connection", "nobody there"]);
    case "misspelt":
      throw new Error("no line of that name");
  }
}
// #endregion

// #region reason
/** Why the connection was lost; undefined if something else is wrong. */
function whyLost(reason: unknown): unknown {
  return Array.isArray(reason) && reason[0] === "lost_connection"
    ? reason[1]
    : undefined;
}
// #endregion

// #region article
/** As in the article: a pattern with no class before it. */
export function onlyThrown(self: Self<never>, line: Line): string {
  try {
    sendMessage(self, "hi", line);
  } catch (caught) {
    const why = whyLost(caught);
    if (why === undefined) throw caught;
    return `not sent, ${why}`;
  }
  return "sent";
}
// #endregion

// #region lost
/** Catches the lost connection, thrown or exited with, and nothing else. */
export function anyLoss(self: Self<never>, line: Line): string {
  try {
    sendMessage(self, "hi", line);
  } catch (caught) {
    const why = whyLost(reasonIn(caught));
    if (why === undefined) throw caught;
    return `not sent, ${why}`;
  }
  return "sent";
}
// #endregion

// #region everything
/** What is written in a hurry. */
export function everything(self: Self<never>, line: Line): string {
  try {
    sendMessage(self, "hi", line);
    return "sent";
  } catch {
    return "not sent, try again later";
  }
}
// #endregion

export type Sender = (self: Self<never>, line: Line) => string;

/** Lets `sender` meet each line in a process of its own, and watches. */
export function* printSending(
  self: Self<DownMessage>,
  sender: Sender,
  print: Print,
): Process {
  for (const line of ["open", "cut", "gone", "misspelt"] as const) {
    self.spawnMonitor(function* client(own: Self<never>): Process {
      print(`${line}: ${sender(own, line)}`);
    });
    yield* self.receive({
      DOWN(_ref, _type, _pid, why) {
        if (why !== "normal") print(`${line}: its process ended, ${told(why)}`);
      },
    });
  }
}
