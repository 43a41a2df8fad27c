import { fileURLToPath } from "node:url";

/** The folder of the book. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
