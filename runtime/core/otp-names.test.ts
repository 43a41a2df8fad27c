import { expect, test } from "vitest";
import {
  createNode,
  format,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
  steppedByHand,
} from "#runtime";
import { simulate } from "#runtime/testing";

type Term = [tag: string, ...fields: unknown[]];

test("register_SUITE: otp_8099 keeps names of one mind under a storm of register and unregister", () => {
  let won = 0;
  simulate(
    function* main(self: Self<Term>) {
      function* contender(me: Self<Term>): Process {
        for (let n = 0; n < 20; n++) {
          try {
            me.register("contended");
          } catch (error) {
            expect((error as { code: string }).code).toBe("badarg");
            yield* me.yield();
            continue;
          }
          won++;
          yield* me.yield();
          expect(me.whereis("contended")).toBe(me.pid);
          me.unregister("contended");
          expect(me.whereis("contended")).not.toBe(me.pid);
        }
      }
      const refs = Array.from(
        { length: 10 },
        () => self.spawnMonitor(contender)[1],
      );
      for (const _ of refs) {
        const why = yield* self.receive({
          DOWN: (...[, , , reason]) => reason,
        });
        expect(why).toBe("normal");
      }
      expect(self.whereis("contended")).toBe(undefined);
    },
    { schedules: 20 },
  );
  expect(won).toBeGreaterThan(20);
});

test("ref_SUITE: wrap_1 never makes the same reference twice", () => {
  simulate(function* main(self: Self<Term>) {
    const refs = Array.from({ length: 100_000 }, () => self.makeRef());
    expect(new Set(refs).size).toBe(100_000);
    expect(new Set(refs.map(String)).size).toBe(100_000);
    expect(format(refs[0])).toMatch(/^#Ref<\d+\.\d+>$/);
    yield* self.yield();
  });
});

test("process_SUITE: processes_* list the living and not the dead while both come and go", () => {
  const node = createNode({ scheduler: steppedByHand });
  function* idle(me: Self<Term>): Process {
    yield* me.receive({ stop: () => {} });
  }
  const living: Pid[] = [];
  for (let n = 0; n < 2_000; n++) {
    const pid = node.spawn(idle);
    if (n % 3 === 0) node.sendExit(pid, "kill");
    else living.push(pid as Pid);
    if (n % 7 === 0) node.step();
    if (n % 100 === 0) {
      expect(node.processes()).toEqual(living);
      expect(node.processes().every(isProcessAlive)).toBe(true);
    }
  }
  node.stop();
  expect(node.processes()).toEqual([]);
});
