import {
  defaultNode,
  format,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
  type Step,
} from "#runtime";
import { answer } from "./answers.ts";
import { handleOf, type PromptSelf } from "./prompt-self.ts";

/** Something for the prompt's process to do between two expressions. */
export type Job = (self: Self<unknown>) => Step<void>;

/** The process that the reader is, and the one that replaces it when it dies. */
export class PromptProcess {
  #self: PromptSelf | undefined;
  #jobs: Job[] = [];
  #wake: () => void = () => {};
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
    const prompt = this;
    defaultNode.spawn(function* shellKeeper(self: Self<never>): Process {
      for (;;) yield* prompt.#lifeOfOne(self);
    });
  }

  /** The process that the prompt is now; a new one once that has died. */
  get self(): PromptSelf {
    if (this.#self === undefined) throw new Error("The shell is starting.");
    return this.#self;
  }

  /** Whether there is a living process behind the prompt. */
  get ready(): boolean {
    return this.#self !== undefined && isProcessAlive(this.#self.pid);
  }

  /** Has the prompt's process do something; rejects if it dies of it. */
  run<T>(work: (self: Self<unknown>) => Step<T>): Promise<T> {
    const { promise, resolve, reject } = withResolvers<T>();
    this.#jobs.push(function* job(self) {
      const died = () => reject(new PromptDied());
      self.signal.addEventListener("abort", died);
      try {
        resolve(yield* work(self));
      } catch (error) {
        reject(error);
      }
      self.signal.removeEventListener("abort", died);
    });
    this.#wake();
    return answer(promise);
  }

  /** Ends the prompt's process as `exit/1` does: links and monitors hear it. */
  exit(reason: unknown): void {
    this.#jobs.push(function* exit(self) {
      self.exit(reason);
    });
    this.#wake();
  }

  *#lifeOfOne(keeper: Self<never>): Step<void> {
    const prompt = this;
    const [, ref] = keeper.spawnMonitor(function* shell(
      self: Self<unknown>,
    ): Process {
      prompt.#self = handleOf(self, prompt);
      for (;;) {
        const job = prompt.#jobs.shift();
        if (job) yield* job(self);
        else yield* self.wait(prompt.#nextJob());
      }
    });
    const watching = keeper as unknown as Self<
      ["DOWN", typeof ref, "process", Pid, unknown]
    >;
    const reason = yield* watching.receive({ DOWN: (_ref, _, __, why) => why });
    this.#jobs = [];
    this.#print(`** exception exit: ${format(reason)}`);
  }

  #nextJob(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** What a job is rejected with when its process has died; said already. */
export class PromptDied extends Error {
  readonly code = "prompt_died";

  constructor() {
    super("The process of the prompt died before it had an answer.");
  }
}

/** Promise.withResolvers, which Node 20 has not got. */
function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
