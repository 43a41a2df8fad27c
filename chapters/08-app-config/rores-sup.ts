import { type ChildSpec, genServer, type Self, supervisor } from "#runtime";
import { clients } from "./clients.ts";
import { listener } from "./listener.ts";
import { validator } from "./validator.ts";

// #region top
/** Five restarts in any ten seconds; the sixth is one too many. */
const PATIENCE = { intensity: 5, periodMs: 10_000 };

/** The top of the tree: two halves that do not need each other to live. */
export function startRoresSup(self: Self<never>) {
  const flags = { strategy: "one_for_one", ...PATIENCE } as const;
  const children: ChildSpec[] = [
    {
      id: "validator",
      start: (it) =>
        genServer.startLink(it, validator, [], { name: "validator" }),
      restart: "permanent",
      shutdownMs: 5_000,
    },
    { id: "chat_sup", start: startChatSup, type: "supervisor" },
  ];
  return supervisor.startLink(self, flags, children, { name: "rores_sup" });
}
// #endregion

// #region chat
/** The room and its door. A new room needs a new door, not the reverse. */
function startChatSup(self: Self<never>) {
  const flags = { strategy: "rest_for_one", ...PATIENCE } as const;
  const children: ChildSpec[] = [
    {
      id: "clients",
      start: (it) => genServer.startLink(it, clients, [], { name: "clients" }),
    },
    {
      id: "listener",
      start: (it) =>
        genServer.startLink(it, listener, [], { name: "listener" }),
    },
  ];
  return supervisor.startLink(self, flags, children, { name: "chat_sup" });
}
// #endregion
