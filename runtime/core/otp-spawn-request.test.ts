import { expect, test } from "vitest";
import { after, type Process, type Ref, type Self } from "#runtime";
import { simulate } from "#runtime/testing";

type Term = [tag: string, ...fields: unknown[]];
const seeds = { schedules: 20 };

function* brief(_self: Self<Term>, ..._more: unknown[]): Process {}

function* idle(self: Self<Term>): Process {
  yield* self.receive({ stop: () => {} });
}

/** What comes within 50 ms, in order. */
function* everything(self: Self<Term>) {
  const got: Term[] = [];
  for (;;) {
    const next = yield* self.receive(
      { _: (message: unknown) => message as Term } as object,
      after(50),
    );
    if (next === undefined) return got;
    got.push(next as Term);
  }
}

const replies = [
  ["explicit_unalias", 3],
  ["demonitor", 2],
  ["reply_demonitor", 1],
] as const;

test.each(replies)(
  "process_SUITE: monitor_alias %s lets so many of three replies in: %i",
  (alias, many) => {
    simulate(function* main(self: Self<Term>) {
      const pid = self.spawn(idle);
      const ref = self.monitor(pid, { alias });
      self.send(ref as Ref<Term>, ["reply", 1]);
      self.send(ref as Ref<Term>, ["reply", 2]);
      self.demonitor(ref);
      self.send(ref as Ref<Term>, ["reply", 3]);
      self.send(pid, ["stop"]);
      expect((yield* everything(self)).map(([, n]) => n)).toEqual(
        [1, 2, 3].slice(0, many),
      );
      expect(self.unalias(ref)).toBe(alias === "explicit_unalias");
    }, seeds);
  },
);

test.each(replies)(
  "process_SUITE: spawn_monitor_alias %s, through spawnRequest, lets in: %i",
  (alias, many) => {
    simulate(function* main(self: Self<Term>) {
      const options = { monitor: { alias }, reply: "no" } as const;
      const ref = self.spawnRequest(idle, [], options) as Ref<Term>;
      for (const n of [1, 2]) self.send(ref, ["reply", n]);
      self.demonitor(ref as Ref);
      self.send(ref, ["reply", 3]);
      const got = (yield* everything(self)).map(([, n]) => n);
      expect(got).toEqual([1, 2, 3].slice(0, many));
    }, seeds);
  },
);

test("process_SUITE: spawn_request_bif answers with reference and pid", () => {
  simulate(function* main(self: Self<Term>) {
    const parent = self.pid;
    function* child(me: Self<Term>, word: string): Process {
      me.send(parent, ["child", me.pid, word]);
      yield* idle(me);
    }
    const ref = self.spawnRequest(child, ["hello"]);
    const [tag, got, status, pid] = yield* self.receive();
    expect([tag, got, status]).toEqual(["spawn_reply", ref, "ok"]);
    expect(yield* self.receive()).toEqual(["child", pid, "hello"]);
  }, seeds);
});

test("process_SUITE: spawn_request_bif lets the answer's tag be chosen", () => {
  simulate(function* main(self: Self<Term>) {
    const ref = self.spawnRequest(idle, [], { replyTag: "born" });
    expect((yield* self.receive()).slice(0, 3)).toEqual(["born", ref, "ok"]);
  }, seeds);
});

test.each([
  ["yes", ["ok", "error"]],
  ["no", []],
  ["success_only", ["ok"]],
  ["error_only", ["error"]],
] as const)(
  "process_SUITE: spawn_request_bif with reply %s answers %j",
  (reply, answers) => {
    simulate(function* main(self: Self<Term>) {
      self.spawnRequest(idle, [], { reply });
      self.spawnRequest("no body" as never, [] as never, { reply });
      const got = yield* everything(self);
      expect(got.map(([, , status]) => status)).toEqual(answers);
    }, seeds);
  },
);

test("process_SUITE: spawn_request_bif refuses options that make no sense", () => {
  simulate(function* main(self: Self<Term>) {
    const call = () => self.spawnRequest(idle, [], { reply: "maybe" as never });
    expect(call).toThrow(expect.objectContaining({ code: "badarg" }));
    yield* self.yield();
  });
});

test("process_SUITE: spawn_request_monitor_child_exit answers before the DOWN", () => {
  simulate(function* main(self: Self<Term>) {
    const ref = self.spawnRequest(brief, [], { monitor: true });
    const [answer, down] = yield* everything(self);
    const pid = answer?.[3];
    expect(answer).toEqual(["spawn_reply", ref, "ok", pid]);
    expect(down).toEqual(["DOWN", ref, "process", pid, "normal"]);
  }, seeds);
});

test("process_SUITE: spawn_request_link_child_exit answers before the EXIT", () => {
  simulate(function* main(self: Self<Term>) {
    self.trapExit(true);
    const ref = self.spawnRequest(brief, [], { link: true });
    const [answer, exit] = yield* everything(self);
    const pid = answer?.[3];
    expect(answer).toEqual(["spawn_reply", ref, "ok", pid]);
    expect(exit).toEqual(["EXIT", pid, "normal"]);
  }, seeds);
});
