import * as runtime from "#runtime";
import { answer } from "./answers.ts";
import { loadChapter } from "./load-chapter.ts";
import { gotLine, nameTable, processTable } from "./process-table.ts";
import type { PromptProcess } from "./prompt-process.ts";

const helpText = `You are a process. What you type is done by it.

  self               you: self.pid, self.trapExit(true), self.link(pid), …
  spawn(body, ...)   starts a process; self.spawnLink links it to you
  send(pid, message) sends to a pid or a registered name
  flush()            prints and forgets the messages that you have been sent
  await receive(clauses, after(ms))   waits for one message
  i()  regs()        the processes; the registered names
  c("02")            loads the functions of chapter 2
  q()  .exit         leaves

Everything that "#runtime" exports is here as well.`;

/** What the commands need of the terminal. */
export interface Surroundings {
  readonly prompt: PromptProcess;
  readonly print: (text: string) => void;
  /** Puts a name in scope. */
  readonly define: (name: string, value: unknown) => void;
  readonly quit: () => void;
}

/** The names that the shell has beside those of the runtime. */
export function commands({ prompt, print, define, quit }: Surroundings) {
  type Sent = [to: never, message: never];
  return {
    spawn: (body: never, ...args: never[]) => prompt.self.spawn(body, ...args),
    /** Gives the message, as Erlang's `!` does. */
    send: (...[to, message]: Sent) => {
      prompt.self.send(to, message);
      return message;
    },
    receive: (clauses?: object, after?: runtime.After<unknown>) =>
      prompt.self.receive(clauses, after),
    flush: () =>
      prompt.run(function* flush(self) {
        const nothing = Symbol("nothing");
        const every = { _: (message: unknown) => message } as never;
        const none = runtime.after(0, () => nothing);
        for (;;) {
          const message: unknown = yield* self.receive(every, none);
          if (message === nothing) return;
          print(gotLine(message));
        }
      }),
    i: () => print(processTable(runtime.processes())),
    regs: () => print(nameTable(runtime.registered(), runtime.whereis)),
    c: (chapter: string) =>
      answer(
        loadChapter(chapter).then((loaded) => {
          for (const [file, names] of loaded) {
            for (const [name, value] of names) define(name, value);
            print(`${file}: ${[...names.keys()].join(", ")}`);
          }
        }),
      ),
    help: () => print(helpText),
    q: quit,
  };
}
