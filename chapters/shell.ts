import { startShell } from "./shell/shell.ts";

// npm run shell: the prompt of this book, which is itself a process.
await startShell();
