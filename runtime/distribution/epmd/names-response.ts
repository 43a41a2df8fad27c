import type { Listed } from "./response.ts";

/**
 * The list of names. Its lines are read by `epmd -names` and by
 * `net_adm:names/0`, letter by letter.
 *
 * @param port - The port of the daemon itself, which goes in front.
 */
export function encodeNames(port: number, names: Iterable<Listed>): Uint8Array {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(port);
  const lines = Array.from(
    names,
    (listed) => `name ${listed.name} at port ${listed.port}\n`,
  );
  return Buffer.concat([head, Buffer.from(lines.join(""))]);
}

/** A whole list of names; a line that says something else is passed over. */
export function decodeNames(answer: Uint8Array): Listed[] | "garbage" {
  if (answer.length < 4) return "garbage";
  const text = Buffer.from(answer.subarray(4)).toString();
  return Array.from(
    text.matchAll(/^name (.+) at port (\d{1,5})$/gm),
    ([, name = "", port]) => ({ name, port: Number(port) }),
  );
}
