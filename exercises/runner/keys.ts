import { emitKeypressEvents } from "node:readline";
import type { ReadStream } from "node:tty";

/** What a key does, by the character typed. */
export type Keys = Readonly<
  Record<string, { readonly says: string; readonly act: () => void }>
>;

/** One line that names every key. */
export function legend(keys: Keys): string {
  const named = Object.entries(keys).map(([key, { says }]) => `${key} ${says}`);
  return named.join("  ·  ");
}

/**
 * Acts on single keys of a terminal. Where there is none, as under a pipe, it
 * does nothing: the watcher works without.
 *
 * @returns puts the terminal back as it was.
 */
export function listen(input: ReadStream, keys: Keys, quit: () => void) {
  if (!input.isTTY) return () => {};
  emitKeypressEvents(input);
  input.setRawMode(true);
  const onKey = (_text: string, key: { name?: string; ctrl?: boolean }) => {
    // In raw mode Ctrl-C is a key like any other, and nobody would stop us.
    if (key.ctrl && (key.name === "c" || key.name === "d")) return quit();
    if (key.name && Object.hasOwn(keys, key.name)) keys[key.name]?.act();
  };
  input.on("keypress", onKey);
  input.resume();
  return () => {
    input.off("keypress", onKey);
    input.setRawMode(false);
    input.pause();
  };
}
