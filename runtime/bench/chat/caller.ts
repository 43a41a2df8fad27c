import { connect, type Socket } from "node:net";
import { decode } from "../../../chapters/07-distributed-chat/wire.ts";
import { Frames, framed, type OnFrame } from "./frames.ts";

export interface CallerOptions {
  readonly port: number;
  readonly name: string;
  /** Told of each frame after the answer to the name. */
  readonly onFrame: OnFrame;
  /** The connection has ended, whoever ended it. */
  readonly onEnd?: () => void;
}

/** One client of a chat: it has said its name and been let in. */
export class Caller {
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  /** @throws Error with the chat's answer if it does not let this name in. */
  static join({ port, name, onFrame, onEnd }: CallerOptions): Promise<Caller> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    const caller = new Caller(socket);
    return new Promise((resolve, reject) => {
      let isIn = false;
      const frames = new Frames((bytes, start, end) => {
        if (isIn) return onFrame(bytes, start, end);
        const answer = decode(bytes.subarray(start, end));
        isIn = answer?.[0] === "ok";
        if (isIn) resolve(caller);
        else reject(new Error(`${name} was told: ${answer?.join(" ")}`));
      });
      socket.on("data", (chunk: Buffer) => frames.push(chunk));
      socket.on("error", reject);
      socket.on("close", () => {
        reject(new Error(`${name} was hung up on.`));
        if (isIn) onEnd?.();
      });
      socket.write(framed(name));
    });
  }

  say(text: string): void {
    this.socket.write(framed(text));
  }

  hangUp(): void {
    this.socket.destroy();
  }
}
