import { Console } from "node:console";
import { Writable } from "node:stream";

const PRINTED_LINES = 40;

/** Collects what the answer prints, for the verdict to show it in its place. */
export function listening(): string[] {
  const printed: string[] = [];
  const hear = new Console(
    new Writable({
      write(chunk, _encoding, done) {
        const lines = String(chunk).replace(/\n$/, "").split("\n");
        printed.push(...lines.slice(0, PRINTED_LINES - printed.length));
        done();
      },
    }),
  );
  for (const name of ["log", "info", "warn", "error", "debug"] as const) {
    console[name] = hear[name].bind(hear);
  }
  return printed;
}
