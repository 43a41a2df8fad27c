import {
  type ChildSpec,
  type ChildStart,
  format,
  type Process,
  procLib,
  type Self,
  supervisor,
} from "#runtime";
import { startTop, stopTop, type Teller } from "./top.ts";
import { child, type Print } from "./worker.ts";

// #region slow
/** Needs 100 ms to warm up before it is ready. */
function oven(print: Print): ChildSpec {
  const body = function* oven(
    self: Self<never>,
    ready: (answer: ChildStart) => void,
  ): Process {
    yield* self.sleep(100);
    print("oven starts");
    ready(["ok", self.pid]);
    yield* self.receive({});
  };
  return {
    id: "oven",
    start: (self) => procLib.start(self, "oven", body, { link: true }),
  };
}
// #endregion

// #region refuses
/** Says that it cannot start. */
const baker: ChildSpec = {
  id: "baker",
  start: () => ["error", "no_flour"],
};
// #endregion

/** A slow start, and one that fails. */
export function* starting(self: Teller, print: Print): Process {
  print("-- a slow one first");
  const first = [oven(print), child("till", print)];
  const top = yield* startTop(self, {}, first);
  print("the supervisor has started");
  yield* stopTop(self, top);

  print("-- one that does not start");
  // #region failed
  const children = [child("a", print), baker, child("c", print)];
  const failed = yield* supervisor.startLink(self, {}, children);
  print(format(failed));
  // #endregion
}
