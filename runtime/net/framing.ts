/** How many bytes of length stand before each message; `"line"`: until "\n". */
export type PacketType = 0 | 1 | 2 | 4 | "line";
