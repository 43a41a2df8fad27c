import { inflateSync } from "node:zlib";
import { EtfError } from "./etf-error.ts";
import { Reader } from "./reader.ts";

/**
 * A reader of the term that a compressed term contains; the reader given,
 * whose tag was read, goes past it. No more is inflated than was announced,
 * and no more may be announced than the limit.
 */
export function inflate(reader: Reader): Reader {
  const size = reader.word();
  const { maximumInflatedBytes } = reader.limits;
  if (size > maximumInflatedBytes) {
    throw reader.error(
      "too_large",
      `a compressed term of ${size} bytes is more than the ` +
        `${maximumInflatedBytes} that are read; raise maximumInflatedBytes ` +
        `if the sender is to be trusted`,
    );
  }
  const { buffer, engine } = inflated(reader, size);
  if (buffer.length !== size) {
    throw reader.error(
      "bad_compressed",
      `a compressed term announces ${size} bytes and has ${buffer.length}`,
    );
  }
  reader.take(engine.bytesWritten);
  return new Reader(buffer, 0, reader.limits, reader.identities);
}

/** What `info: true` makes zlib return; Node's types do not say it. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function inflated(reader: Reader, size: number): Inflated {
  try {
    return inflateSync(reader.bytes.subarray(reader.at), {
      info: true,
      // One more than announced, to tell the exact size from a larger one.
      maxOutputLength: size + 1,
    }) as unknown as Inflated;
  } catch (cause) {
    throw new EtfError(
      "bad_compressed",
      reader.at,
      "the bytes of a compressed term are not what zlib writes, or inflate " +
        "to more than announced",
      { cause },
    );
  }
}
