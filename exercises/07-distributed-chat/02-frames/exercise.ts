/** Puts the length of a message in front of it, in two bytes. */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(2 + message.length);
  framed[1] = message.length;
  framed.set(message, 2);
  return framed;
}

/** Takes pieces of a stream, and gives the messages that are complete. */
export function reader(): (piece: Uint8Array) => Uint8Array[] {
  // TODO(you): one piece is not one message.
  return (piece) => [piece.subarray(2)];
}
