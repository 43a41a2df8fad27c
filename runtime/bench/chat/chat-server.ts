/** A chat that runs: its node and its validator's, each a process. */
export interface ChatServer {
  readonly name: "ours" | "erlang";
  readonly port: number;
  /** The operating system's number of the chat node's process. */
  readonly pid: number;
  /** Ends both processes, and waits until they have ended. */
  stop(): Promise<void>;
}
