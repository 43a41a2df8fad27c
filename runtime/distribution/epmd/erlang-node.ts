import { type ChildProcess, spawn } from "node:child_process";

export interface ErlangNodeOptions {
  /** Such as `a@127.0.0.1`. */
  readonly name: string;
  readonly epmdPort: number;
  readonly cookie: string;
  /** More words for the command line of `erl`. */
  readonly options?: readonly string[];
}

/** Reads an expression per line, and prints its value behind an arrow. */
const READ_EVAL_PRINT = `
  Loop = fun(Again) ->
    case io:get_line("") of
      eof -> halt();
      Line ->
        {ok, Tokens, _} = erl_scan:string(Line),
        {ok, Expressions} = erl_parse:parse_exprs(Tokens),
        {value, Value, _} = erl_eval:exprs(Expressions, []),
        io:format("=> ~0p~n", [Value]),
        Again(Again)
    end
  end,
  io:format("=> ~0p~n", [node()]),
  Loop(Loop).`;

/**
 * A real `erl` node for tests, in a process of its own. It ends when its
 * standard input does, so that it never outlives the tests.
 */
export class ErlangNode {
  /** All that it printed, its log included. */
  output = "";
  readonly #child: ChildProcess;
  /** Called whenever there is more output, or none to come. */
  readonly #watchers = new Set<() => void>();
  #ended = false;
  #answersRead = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    const print = (chunk: Buffer) => {
      this.output += chunk.toString();
      this.#wake();
    };
    child.stdout?.on("data", print);
    child.stderr?.on("data", print);
    child.on("close", () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** A node that is up: it has registered its name and evaluates. */
  static async start(options: ErlangNodeOptions): Promise<ErlangNode> {
    const node = ErlangNode.launch(options);
    try {
      await node.#nextAnswer();
    } catch (error) {
      await node.kill();
      throw error;
    }
    return node;
  }

  /** A node that may fail to come up; see `output` and `ended`. */
  static launch({ name, epmdPort, cookie, options = [] }: ErlangNodeOptions) {
    const words = ["-name", name, "-setcookie", cookie, "-noshell", ...options];
    return new ErlangNode(
      spawn("erl", [...words, "-eval", READ_EVAL_PRINT], {
        env: {
          ...process.env,
          ERL_EPMD_PORT: String(epmdPort),
          ERL_CRASH_DUMP_BYTES: "0",
        },
      }),
    );
  }

  /** The value of an Erlang expression, on one line as `~0p` prints it. */
  evaluate(expression: string): Promise<string> {
    this.#child.stdin?.write(`${expression.replaceAll("\n", " ")}.\n`);
    return this.#nextAnswer();
  }

  /** Fulfilled once the node has printed this, in its log for example. */
  async printed(pattern: RegExp): Promise<void> {
    await this.#until(() => pattern.test(this.output), String(pattern));
  }

  /** Fulfilled once the node is gone by itself. */
  async ended(): Promise<void> {
    await this.#until(() => this.#ended, "the end");
  }

  /** Such as SIGSTOP: the node is alive and does nothing. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended();
  }

  async #nextAnswer(): Promise<string> {
    const wanted = this.#answersRead++;
    const answers = () => [...this.output.matchAll(/^=> (.*)\n/gm)];
    await this.#until(() => answers().length > wanted, "an answer");
    return answers()[wanted]?.[1] ?? "";
  }

  #until(holds: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(limit);
        this.#watchers.delete(look);
        act();
      };
      const fail = (why: string) => () =>
        reject(new Error(`erl ${why} before ${what}:\n${this.output}`));
      const look = () => {
        if (holds()) settle(resolve);
        else if (this.#ended) settle(fail("ended"));
      };
      const limit = setTimeout(() => settle(fail("waited 20 s")), 20_000);
      this.#watchers.add(look);
      look();
    });
  }

  #wake(): void {
    for (const look of [...this.#watchers]) look();
  }
}
