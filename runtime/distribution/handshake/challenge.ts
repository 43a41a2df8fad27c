/** Nobody can know it beforehand: an answer heard once is of no use later. */
export function randomChallenge(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
