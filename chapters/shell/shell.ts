import repl from "node:repl";
import * as runtime from "#runtime";
import { adviceOn } from "./advice.ts";
import { answered, peek, settled } from "./answering.ts";
import { commands } from "./commands.ts";
import { Evaluator, type Outcome } from "./evaluate.ts";
import { historyFile, prepareHistory } from "./history.ts";
import { PromptLine } from "./prompt-line.ts";
import { PromptDied, PromptProcess } from "./prompt-process.ts";
import { type Stripped, strip } from "./typescript.ts";

/** After this, somebody who waits for a message may wonder. */
const PATIENCE_MS = 5_000;
const STILL_WAITING = "* Still waiting. Ctrl+C ends the wait.";

/** Starts the shell on this program's standard input and output. */
export async function startShell(): Promise<void> {
  const line = new PromptLine();
  line.takeOverConsole();
  const print = (text: string) => console.log(text);
  const prompt = new PromptProcess(print);
  const evaluator = new Evaluator();
  const define = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, {
      value,
      configurable: true,
      writable: true,
    });
  let closed = false;
  let quitting = false;
  const quit = () => {
    quitting = true;
  };
  for (const [name, value] of Object.entries(runtime)) define(name, value);
  const own = commands({ prompt, print, define, quit });
  for (const [name, value] of Object.entries(own)) define(name, value);
  Object.defineProperty(globalThis, "self", {
    get: () => prompt.self,
    configurable: true,
  });
  await settled(prompt);
  print('Let It Crash. help() helps, ".exit" leaves.');

  let count = 1;
  let pending = 0;
  let completing = false;
  let interrupt: () => void = () => {};
  let queue = Promise.resolve();
  const server = repl.start({
    prompt: "1> ",
    useGlobal: true,
    ignoreUndefined: true,
    // Lines that come faster than they are answered wait in a queue, so that
    // a piped or pasted session reads like a typed one.
    eval(typed, _context, _file, callback) {
      if (completing) return callback(null, peek(typed));
      const stripped = strip(typed);
      if (stripped.kind === "incomplete") {
        return callback(new repl.Recoverable(new SyntaxError()), undefined);
      }
      line.waiting = false;
      pending++;
      queue = queue.then(() => answer(typed.trim() === "", stripped));
      callback(null, undefined);
    },
  });
  const showPrompt = server.displayPrompt.bind(server);
  server.displayPrompt = (keepCursor) => {
    if (line.waiting) showPrompt(keepCursor);
  };
  const { completer } = server;
  Object.assign(server, {
    completer: (text: string, done: never) => {
      completing = true;
      Reflect.apply(completer, server, [text, done]);
      completing = false;
    },
  });
  line.repl = server;
  line.waiting = true;
  const history = historyFile();
  if (server.terminal && prepareHistory(history)) {
    server.setupHistory(history, () => {});
  }
  const [leaveAtSecond] = server.listeners("SIGINT");
  server.removeAllListeners("SIGINT");
  server.on("SIGINT", () => {
    if (line.waiting) return leaveAtSecond?.call(server);
    // A receive that nobody answers: the process ends, a new one takes over.
    runtime.sendExit(prompt.self.pid, "kill");
    interrupt();
  });
  server.on("exit", () => {
    closed = true;
    const rest = server.terminal || quitting ? Promise.resolve() : queue;
    rest.finally(() => {
      if (!server.terminal) process.stdout.write("\n");
      process.exit(0);
    });
  });

  async function answer(blank: boolean, stripped: Stripped): Promise<void> {
    if (stripped.kind === "mistake") {
      print(`* ${stripped.message}`);
      advise({ kind: "thrown", thrown: stripped });
    } else if (stripped.kind === "code" && !blank) {
      const interrupted = new Promise<Outcome>((resolve) => {
        interrupt = () => resolve({ kind: "value", value: undefined });
      });
      const outcome = answered(evaluator, stripped.code);
      const patience = setTimeout(() => print(STILL_WAITING), PATIENCE_MS);
      const came = await Promise.race([outcome, interrupted]);
      clearTimeout(patience);
      const value = say(came);
      await settled(prompt);
      // Said without its parentheses, help helps nevertheless.
      if (value === own.help) own.help();
      else if (value === own.q) print("q() leaves.");
      else if (value !== undefined) print(server.writer(value));
      advise(came);
    }
    if (quitting) return server.close();
    if (!blank) server.setPrompt(`${++count}> `);
    pending--;
    line.waiting = pending === 0 && !closed;
    if (line.waiting) showPrompt();
    // A piped session has ended long before its last line is answered.
    else if (!server.terminal) process.stdout.write(server.getPrompt());
  }

  function advise(outcome: Outcome): void {
    const advice = adviceOn(outcome);
    if (advice) print(`* ${advice}`);
  }

  /** Prints what was thrown, or hands the value on to be printed. */
  function say(outcome: Outcome): unknown {
    if (outcome.kind === "value") return outcome.value;
    const { thrown } = outcome;
    if (thrown instanceof PromptDied) return undefined;
    const kind = runtime.classOf(thrown);
    // As in Erlang, exit at the prompt does end the prompt's process.
    if (thrown instanceof runtime.Exit) prompt.exit(thrown.reason);
    else print(`** exception ${kind}: ${runtime.format(thrown)}`);
    return undefined;
  }
}
