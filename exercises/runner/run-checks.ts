import type { ChildProcess } from "node:child_process";
import { bundleRuntime, type Runtime } from "./bundle.ts";
import { bundleAnswer } from "./bundle-answer.ts";
import { bundleCheck } from "./bundle-check.ts";
import type { Outcome, Result } from "./outcome.ts";
import { byTheClock, type StartLimit } from "./start-limit.ts";
import { NO_TASK, startWorker, workerScript } from "./start-worker.ts";
import type { Answer, Task } from "./worker.ts";

/**
 * Runs check files on answers, one after the other, in a process that is
 * started ahead of time and replaced when an answer does not come to an end.
 */
export class CheckRunner {
  readonly #limitMs: number;
  readonly #sharesRuntime: boolean;
  readonly #startLimit: StartLimit;
  #worker: ChildProcess | undefined;
  #script: Promise<string> | undefined;
  #runtime: Promise<Runtime> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** Which runtime a worker has been given; it is too long to send each time. */
  readonly #told = new WeakMap<ChildProcess, Runtime | undefined>();

  /**
   * @param limitMs how long an answer may take to load, and each test of it,
   * before it is stopped.
   * @param sharesRuntime for many answers that are known to leave nothing
   * behind: V8 makes one runtime fast, and each answer's own stays slow.
   * @param startLimit whose clock that is.
   */
  constructor(limitMs = 5_000, sharesRuntime = false, startLimit = byTheClock) {
    this.#limitMs = limitMs;
    this.#sharesRuntime = sharesRuntime;
    this.#startLimit = startLimit;
  }

  /** Gets everything ready, so that the first verdict comes as fast as others. */
  async warm(): Promise<void> {
    const { script, runtime } = await this.#ready();
    const task = { ...NO_TASK, runtime };
    this.#turn = this.#turn.then(() => this.#ask(script, task));
    await this.#turn;
  }

  /** Forgets the runtime, for somebody has changed it. */
  forgetRuntime(): void {
    this.#runtime = undefined;
  }

  /**
   * @param text what to take instead of what the answer's file says.
   * @param untilFailure for who asks only which test fails first.
   */
  run(
    checkFile: string,
    answerFile: string,
    text?: string,
    untilFailure = false,
  ): Promise<Result> {
    const ready = this.#ready();
    // Not in its turn: the next one is bundled while the last one runs.
    const check = bundleCheck(checkFile);
    const answer = bundleAnswer(answerFile, text);
    const result = Promise.all([check, answer, ready, this.#turn]).then(
      ([check, answer, { script, runtime }]): Result | Promise<Result> => {
        if (answer.kind === "broken") return answer;
        if (check.kind === "broken") return check;
        const sharesRuntime = this.#sharesRuntime;
        const task = { runtime, sharesRuntime, check, answer, untilFailure };
        return this.#ask(script, task);
      },
    );
    this.#turn = result.catch(() => undefined);
    return result;
  }

  close(): void {
    this.#worker?.kill("SIGKILL");
    this.#worker = undefined;
  }

  /** What a check needs beside the answer, which is made once. */
  async #ready(): Promise<{ script: string; runtime: Runtime }> {
    this.#script ??= workerScript();
    this.#runtime ??= bundleRuntime();
    const [script, runtime] = await Promise.all([this.#script, this.#runtime]);
    return { script, runtime };
  }

  #ask(script: string, task: Task): Promise<Result> {
    this.#worker ??= this.#start(script);
    const worker = this.#worker;
    return new Promise((resolve) => {
      let test: string | undefined;
      const outcomes: Outcome[] = [];
      const end = (result: Result) => {
        cancelLimit();
        worker.removeAllListeners("message");
        worker.off("exit", ended);
        worker.channel?.unref();
        resolve(result);
      };
      const replace = (): void => {
        worker.kill("SIGKILL");
        this.#worker = this.#start(script);
      };
      const limitMs = this.#limitMs;
      // From the first word on: a slow start is no fault of the answer.
      let cancelLimit = () => {};
      worker.on("message", (answer: Answer) => {
        if (answer.kind === "done") {
          if (answer.isSpent) replace();
          return end(answer.result);
        }
        if (answer.kind === "judged") return void outcomes.push(answer.outcome);
        test = answer.test;
        cancelLimit();
        cancelLimit = this.#startLimit(limitMs, () => {
          replace();
          end({ kind: "stuck", test, outcomes, limitMs });
        });
      });
      const ended = () => {
        replace();
        const message =
          "The process that ran the check ended. Does the answer call process.exit, or use up all memory?";
        end({ kind: "broken", message, test });
      };
      worker.on("exit", ended);
      const isKnown = this.#told.get(worker) === task.runtime;
      this.#told.set(worker, task.runtime);
      // Idle it keeps nobody from ending; at work it has to be waited for.
      worker.channel?.ref();
      worker.send(isKnown ? { ...task, runtime: undefined } : task);
    });
  }

  #start(script: string): ChildProcess {
    const worker = startWorker(script);
    // One that ends while it is idle is missed by nobody, and replaced in time.
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }
}
