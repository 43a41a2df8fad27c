import type { GenServer } from "#runtime";

// #region archive
export interface Archive {
  call: { keep(): "ok" };
}

/** Stands for what a node can do only once at a time, such as its disk. */
export const archive: GenServer<Archive, number, [workMs: number]> = {
  name: "archive",
  init: (_self, workMs) => ["ok", workMs],
  handleCall: {
    *keep(self, workMs) {
      if (workMs > 0) yield* self.sleep(workMs);
      return ["reply", "ok", workMs];
    },
  },
};
// #endregion
