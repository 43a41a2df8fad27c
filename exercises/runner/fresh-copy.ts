import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { exercises } from "./catalogue.ts";
import { originalsOf } from "./original.ts";
import { root } from "./root.ts";

/** What is fetched, built or a reader's own; and answers that only tests read. */
const isLeftOut =
  /(?:^|[\\/])node_modules$|^\.git$|^site[\\/]dist$|^\.progress\.json|exercise\.mine-|[\\/]wrong$/;

/** The book as somebody else has it: a clone of its own, to be spoilt. */
export class FreshCopy {
  readonly #running: Running[] = [];
  readonly root = mkdtempSync(join(tmpdir(), "let-it-crash-copy-"));

  constructor() {
    const git = (cwd: string, ...words: string[]) =>
      execFileSync("git", words, { cwd, encoding: "utf8" });
    // As files, so that it works without a repository too, as in a download.
    cpSync(root, this.root, {
      recursive: true,
      filter: (path) => !isLeftOut.test(relative(root, path)),
    });
    // A reader who has begun must not find the answers in the clone.
    const folders = exercises().map(({ folder }) => folder);
    for (const [folder, stub] of originalsOf(folders)) {
      if (stub !== undefined) {
        writeFileSync(join(this.root, folder, "exercise.ts"), stub);
      }
    }
    // What npm install would fetch is the same here and there.
    // A junction, for on Windows other links are for administrators.
    const modules = "node_modules";
    symlinkSync(join(root, modules), join(this.root, modules), "junction");
    const who = ["-c", "user.name=reader", "-c", "user.email=reader@localhost"];
    git(this.root, "init", "--quiet");
    // What reset looks for; the rest of the book only costs time.
    git(this.root, "add", "exercises/*/*/exercise.ts");
    git(this.root, ...who, "commit", "--quiet", "--message", "As it came");
  }

  /** Ends whatever still runs, as after a failed test, and removes the copy. */
  async remove(): Promise<void> {
    await Promise.all(this.#running.map((one) => one.stop()));
    // Windows lets go of a folder a moment after whoever worked in it.
    rmSync(this.root, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Starts a script of the copy, as npm would. */
  run(script: string, ...words: string[]): Running {
    const running = new Running(this.root, script, words);
    this.#running.push(running);
    return running;
  }
}

/** A program under way, and what it has printed. */
export class Running {
  output = "";
  readonly #child;

  constructor(cwd: string, script: string, words: readonly string[]) {
    const { CI: _, ...env } = process.env;
    this.#child = spawn(
      process.execPath,
      ["--import", "tsx", script, ...words],
      {
        cwd,
        env: { ...env, NO_COLOR: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        this.output += text;
        this.#child.emit("output");
      });
    }
  }

  /** Waits until it has printed something, counted from where it was told. */
  async printed(pattern: RegExp, from = 0, limitMs = 20_000): Promise<string> {
    const limit = AbortSignal.timeout(limitMs);
    for (;;) {
      const found = pattern.exec(this.output.slice(from));
      if (found) return found[1] ?? found[0];
      const over = new Error(
        `${pattern} was not printed within ${limitMs} ms:\n${this.output}`,
      );
      if (this.#isOver()) throw over;
      await once(this.#child, "output", { signal: limit }).catch(() => {
        throw over;
      });
    }
  }

  async ended(): Promise<number | null> {
    if (this.#isOver()) return this.#child.exitCode;
    await once(this.#child, "close");
    return this.#child.exitCode;
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.ended();
  }

  /** One that a signal has ended has no code. */
  #isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}
