import { expect, test, vi } from "vitest";
import { createNode, type Pid, type Process, type Self } from "#runtime";
import { simulate } from "#runtime/testing";
import { chatNode } from "./chat-node.ts";
import { client, type FromKeyboard, type Shown } from "./client.ts";
import { chatProgram, dispatcherProgram } from "./programs.ts";
import { inWords, play } from "./roles.ts";

const DOOR = 9528;

/** A client in virtual time, and what it is shown meanwhile. */
function shownTo(
  room: string,
  story: (self: Self<never>, pid: Pid<FromKeyboard>) => Process,
  seed = 0,
): string[] {
  const shown: string[] = [];
  const show = (one: Shown) =>
    void shown.push(one.join(" ").replace(/ \d{5}$/, ""));
  simulate(
    function* main(self: Self<never>): Process {
      const pid = self.spawn(client, { room, door: DOOR, show });
      yield* story(self, pid as Pid<FromKeyboard>);
    },
    { seed },
  );
  return shown;
}

function openDispatcher(self: Self<never>): void {
  self.spawn(dispatcherProgram(DOOR, silent, silent));
}
function openChatNode(self: Self<never>): void {
  self.spawn(chatNode, "dispatcher", self.pid as never, 0);
}
const silent = () => {};

test("a client waits until there is a dispatcher, and then until there is a node", () => {
  for (let seed = 0; seed <= 5; seed++) {
    const shown = shownTo(
      "tea",
      function* story(self, pid): Process {
        self.send(pid, ["say", "said while waiting"]);
        yield* self.sleep(100);
        openDispatcher(self);
        yield* self.sleep(200);
        openChatNode(self);
        yield* self.sleep(200);
      },
      seed,
    );
    expect(shown).toEqual([
      `waiting no dispatcher answers on ${DOOR} 200`,
      "waiting no chat node is open 200",
      "joined tea",
      "heard someone: said while waiting",
    ]);
  }
});

test("a room with the name of a server is a room like any other", () => {
  const shown = shownTo("dispatcher", function* story(self): Process {
    openDispatcher(self);
    yield* self.sleep(100);
    openChatNode(self);
    yield* self.sleep(500);
  });
  expect(shown.at(-1)).toBe("joined dispatcher");
});

test("a chat node without a dispatcher says what to start", async () => {
  const node = createNode({ name: "chat1@127.0.0.1", logger: silent });
  const sentence = await new Promise((print) => {
    node.spawn(chatProgram(print, silent));
  });
  node.stop();
  expect(sentence).toBe(
    "No dispatcher answers on dispatcher@127.0.0.1. Who is here can talk on; for others to come, start it: npm run chapter 09 -- dispatcher",
  );
});

test("a part that cannot be played is refused in a sentence", async () => {
  const said: string[] = [];
  const complained = vi
    .spyOn(console, "error")
    .mockImplementation(
      (line) => void said.push(`${line}`.replace(/\n.*/s, "")),
    );
  await play("chat", ["one"]);
  await play("dispatcher", ["70000"]);
  await play("client", ["tea", "0"]);
  complained.mockRestore();
  process.exitCode = 0;
  expect(said).toEqual([
    '"one" is no number for a chat node.',
    '"70000" is no port: a port is a number from 0 to 65535.',
    '"0" is no port: a port is a number from 1 to 65535.',
  ]);
});

test("what others say cannot move the cursor", () => {
  expect(inWords(["heard", "someone: \x1b[2J"])).toBe("someone:  [2J");
});
