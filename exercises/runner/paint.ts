import { styleText } from "node:util";

/** Colours a piece of text, or leaves it as it is. */
export type Paint = (
  style: "bold" | "dim" | "red" | "green" | "yellow" | "cyan",
  text: string,
) => string;

export const plain: Paint = (_style, text) => text;
export const coloured: Paint = (style, text) => styleText(style, text);

/** Colours for a person, none for a file or for one who has said NO_COLOR. */
export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
  return stream.isTTY && !process.env.NO_COLOR ? coloured : plain;
}
