import {
  genServer,
  type Pid,
  type Process,
  type Self,
  type Server,
  type Step,
} from "#runtime";
import { type Chat, chat } from "./chat.ts";
import { client, type FromKeyboard, type Shown } from "./client.ts";
import type { Print } from "./conversation.ts";
import { validator } from "./validator.ts";

/** A validator and a chat on one node, for a simulation. */
export function* open(
  self: Self<never>,
  print: Print,
): Step<{ chat: Server<Chat>; port: number }> {
  yield* genServer.start(self, validator, [], { name: "validator" });
  const options = { port: 9527, validatorNode: self.node, print };
  const started = yield* genServer.start(self, chat, [options]);
  if (started === "ignore" || started[0] === "error") {
    return self.exit(started);
  }
  const [, server] = started;
  return { chat: server, port: yield* genServer.call(self, server, "port") };
}

/** A client that tells under its name what it is shown. */
export function enter(
  self: Self<never>,
  name: string,
  port: number,
  print: Print,
): Pid<FromKeyboard> {
  const show = ([what, ...details]: Shown) =>
    print(`${name} ${what}: ${details.join(" ")}`);
  return self.spawn(client, { name, port }, show);
}

// #region evening
export function* evening(self: Self<never>, print: Print): Process {
  const { chat: server, port } = yield* open(self, () => {});
  const ann = enter(self, "Annabel", port, print);
  yield* self.sleep(10);
  const jo = enter(self, "Johannes", port, print);
  enter(self, "Jo", port, print);
  yield* self.sleep(10);
  self.send(ann, ["say", "hello"]);
  yield* self.sleep(10);
  self.send(jo, "quit");
  yield* self.sleep(10);
  yield* genServer.stop(self, server);
  yield* self.sleep(10);
  self.send(ann, "quit");
  yield* self.sleep(10);
}
// #endregion

/** One client that joins and says a word, for the picture. */
export function* joining(self: Self<never>): Process {
  const { port } = yield* open(self, () => {});
  const ann = enter(self, "Annabel", port, () => {});
  yield* self.sleep(10);
  self.send(ann, ["say", "hello"]);
  yield* self.sleep(10);
}
