import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What real Erlang is asked to do with each frame; see peer.erl. */
export type Question = "eval" | "echo" | "same" | "accepts" | "generate";

const script = join(import.meta.dirname, "peer.erl");

/** Real Erlang's answer to each frame; one process answers them all. */
export function askErlang(
  question: Question,
  frames: readonly (Uint8Array | string)[],
): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), "etf-"));
  try {
    const [asked, answered] = [join(folder, "asked"), join(folder, "answered")];
    writeFileSync(asked, Buffer.concat(frames.map(frame)));
    execFileSync("escript", [script, question, asked, answered]);
    return unframe(readFileSync(answered));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The bytes behind four bytes of length. */
export function frame(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
}

function unframe(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const from = at + 4;
    at = from + bytes.readUInt32BE(at);
    frames.push(bytes.subarray(from, at));
  }
  return frames;
}
