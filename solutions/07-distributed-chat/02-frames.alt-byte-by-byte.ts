/** Puts the length of a message in front of it, in two bytes. */
export function frame(message: Uint8Array): Uint8Array {
  if (message.length > 0xffff) throw new RangeError("The message is too long.");
  return Uint8Array.of(message.length >> 8, message.length & 0xff, ...message);
}

/** Takes pieces of a stream, and gives the messages that are complete. */
export function reader(): (piece: Uint8Array) => Uint8Array[] {
  let bytes: number[] = [];
  return (piece) => {
    const complete: Uint8Array[] = [];
    for (const byte of piece) {
      bytes.push(byte);
      const [high = 0, low = 0, ...message] = bytes;
      if (bytes.length < 2 || message.length < high * 256 + low) continue;
      complete.push(Uint8Array.from(message));
      bytes = [];
    }
    return complete;
  };
}
