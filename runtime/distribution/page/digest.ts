// What a page has in the place of ../digest.ts. Browsers have no MD5, and what
// they have makes a promise of it.

/** By round, how far each of its four kinds of step rotates (RFC 1321). */
const ROTATIONS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** By step: 2^32 times the sine of its number. */
const SINES = Uint32Array.from(
  { length: 64 },
  (_, step) => Math.abs(Math.sin(step + 1)) * 2 ** 32,
);

/** The MD5 digest of Latin-1 text: 16 bytes. */
export function md5(text: string): Uint8Array {
  const view = padded(text);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let at = 0; at < view.byteLength; at += 64) take(state, view, at);
  const digest = new DataView(new ArrayBuffer(16));
  state.forEach((word, index) => void digest.setUint32(index * 4, word, true));
  return new Uint8Array(digest.buffer);
}

/** The text, a bit that is set, zeros, and how many bits the text has. */
function padded(text: string): DataView {
  const size = (Math.floor((text.length + 8) / 64) + 1) * 64;
  const view = new DataView(new ArrayBuffer(size));
  for (let at = 0; at < text.length; at++) {
    view.setUint8(at, text.charCodeAt(at));
  }
  view.setUint8(text.length, 0x80);
  view.setBigUint64(size - 8, BigInt(text.length) * 8n, true);
  return view;
}

/** Mixes 64 bytes into the state. */
function take(state: Uint32Array, view: DataView, at: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const [mixed, word] = mix(round, step, b, c, d);
    const sum =
      a + mixed + (SINES[step] ?? 0) + view.getUint32(at + word * 4, true);
    const by = ROTATIONS[round]?.[step & 3] ?? 0;
    const turned = (sum << by) | ((sum | 0) >>> (32 - by));
    [a, d, c, b] = [d, c, b, (b + turned) >>> 0];
  }
  [a, b, c, d].forEach((word, index) => {
    state[index] = (state[index] ?? 0) + word;
  });
}

/** What a step makes of three words, and which word of the text it adds. */
function mix(
  round: number,
  step: number,
  b: number,
  c: number,
  d: number,
): readonly [mixed: number, word: number] {
  switch (round) {
    case 0:
      return [((b & c) | (~b & d)) >>> 0, step];
    case 1:
      return [((d & b) | (~d & c)) >>> 0, (5 * step + 1) & 15];
    case 2:
      return [(b ^ c ^ d) >>> 0, (3 * step + 5) & 15];
    default:
      return [(c ^ (b | ~d)) >>> 0, (7 * step) & 15];
  }
}

/** Whether both are the same; every byte is looked at in any case. */
export function isSameDigest(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) {
    difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  }
  return difference === 0;
}
