import {
  type DownMessage,
  format,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import type { Print } from "./isolation.ts";
import { member, type ToMember } from "./linked.ts";

// #region watching
export function* watching(self: Self<DownMessage>, print: Print): Process {
  const server = self.spawn(member);
  const refs = [self.monitor(server), self.monitor(server)];
  self.spawn(function* careless(me: Self<never>) {
    me.monitor(server);
    me.exit("boom");
  });
  yield* self.sleep(1);
  print(`A watcher has died. The server is alive: ${isProcessAlive(server)}`);

  self.send(server, ["end", "bye"]);
  for (const ref of refs) print(`watched: ${yield* reasonFrom(self, ref)}`);
  const late = self.monitor(server as Pid<ToMember>);
  print(`watched too late: ${yield* reasonFrom(self, late)}`);
}

function* reasonFrom(self: Self<DownMessage>, expected: DownMessage[1]) {
  return yield* self.receive({
    DOWN: (ref, _type, _pid, reason) => {
      if (ref !== expected) self.exit("out of order");
      return format(reason);
    },
  });
}
// #endregion
