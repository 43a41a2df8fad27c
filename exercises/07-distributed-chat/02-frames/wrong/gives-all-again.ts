// Misconception: a reader gives everything that it has read
// Caught by: a message is given once
/** Puts the length of a message in front of it, in two bytes. */
export function frame(message: Uint8Array): Uint8Array {
  const { length } = message;
  if (length > 65_535) throw new RangeError(`${length} bytes are too many.`);
  const framed = new Uint8Array(2 + length);
  framed[0] = Math.floor(length / 256);
  framed[1] = length % 256;
  framed.set(message, 2);
  return framed;
}

/** Takes pieces of a stream, and gives the messages that are complete. */
export function reader(): (piece: Uint8Array) => Uint8Array[] {
  let waiting = new Uint8Array(0);
  const complete: Uint8Array[] = [];
  return (piece) => {
    const bytes = new Uint8Array(waiting.length + piece.length);
    bytes.set(waiting);
    bytes.set(piece, waiting.length);
    waiting = bytes;
    while (waiting.length >= 2) {
      const end = 2 + (waiting[0] ?? 0) * 256 + (waiting[1] ?? 0);
      if (waiting.length < end) break;
      complete.push(waiting.slice(2, end));
      waiting = waiting.slice(end);
    }
    return complete;
  };
}
