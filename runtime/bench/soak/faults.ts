import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { framed } from "../chat/frames.ts";
import type { Evening } from "./evening.ts";

/** Something bad that happens to a chat in the middle of its talk. */
export interface Fault {
  readonly name: string;
  /** Whether the regulars lose their connection and come back. */
  readonly isNoticed?: boolean;
  happen(evening: Evening, random: () => number): Promise<void>;
}

/** The text that a client gets for each half of the frame that it sends. */
const HALVES = "two halves make one";

const killValidator: Fault = {
  name: "the validator is killed",
  async happen(evening) {
    await evening.cluster.kill("validator");
    await evening.talkGoesOn(20);
    const told = await evening.guest().then(
      () => "ok",
      (error: Error) => error.message,
    );
    if (!told.endsWith("try_again") && !told.endsWith("server_error")) {
      throw new Error(`Without a validator, somebody was told: ${told}`);
    }
    await evening.cluster.start("validator");
    (await evening.guest()).hangUp();
  },
};

const killChat: Fault = {
  name: "the chat is killed",
  isNoticed: true,
  async happen(evening) {
    await evening.cluster.kill("chat");
    await evening.until(
      () => evening.minutes.present === 0,
      () => "all to notice that the chat has gone",
    );
    await evening.cluster.start("chat");
  },
};

const halves: Fault = {
  name: "frames come in halves, or only the first half comes",
  async happen(evening, random) {
    const bytes = framed(HALVES);
    const cut = 1 + Math.floor(random() * (bytes.length - 1));
    let [told, isWhole] = [() => {}, false];
    const whole = new Promise<void>((resolve) => {
      told = resolve;
    });
    const guest = await evening.guest((text) => {
      isWhole ||= text.endsWith(HALVES);
      if (isWhole) told();
    });
    guest.socket.write(bytes.subarray(0, cut));
    await evening.talkGoesOn(5);
    if (isWhole) throw new Error("Half a frame was taken for a whole one.");
    guest.socket.write(bytes.subarray(cut));
    await whole;
    guest.socket.write(bytes.subarray(0, cut));
    guest.hangUp();
    await evening.overhear(`${evening.lastGuest} left`);
  },
};

const garbage: Fault = {
  name: "garbage comes, from strangers and from a guest",
  async happen(evening, random) {
    const noise = (length: number) =>
      Uint8Array.from({ length }, () => random() * 256);
    const strangers = Array.from({ length: 20 }, () => knock(evening));
    for (const stranger of strangers) {
      stranger.write(noise(1 + random() * 5_000));
    }
    const guest = await evening.guest();
    guest.socket.on("error", () => {});
    for (let i = 0; i < 20; i++) guest.socket.write(noise(random() * 5_000));
    await evening.talkGoesOn(20);
    for (const stranger of strangers) stranger.destroy();
    guest.hangUp();
  },
};

const idle = (connections: number): Fault => ({
  name: `${connections} connect and say nothing`,
  async happen(evening) {
    const strangers = Array.from({ length: connections }, () => knock(evening));
    await Promise.all(strangers.map((it) => once(it, "connect")));
    (await evening.guest()).hangUp();
    await evening.talkGoesOn(20);
    for (const stranger of strangers) stranger.destroy();
  },
});

/** Long enough to fill what the systems keep for a connection. */
const LONG_BYTES = 60_000;

const slowReader: Fault = {
  name: "a guest does not read while another talks a lot",
  async happen(evening) {
    const deaf = await evening.guest();
    const name = evening.lastGuest;
    deaf.socket.pause();
    let speak = () => {};
    const talker = await evening.guest(() => speak());
    const text = "x".repeat(LONG_BYTES);
    let isOver = false;
    speak = () => void (isOver || talker.say(text));
    speak();
    await evening.overhear(`${name} left`);
    isOver = true;
    deaf.hangUp();
    talker.hangUp();
  },
};

/** A connection on which no name has been said. */
function knock(evening: Evening): Socket {
  const socket = connect({ host: "127.0.0.1", port: evening.cluster.port });
  // The chat may hang up on it at any time.
  socket.on("error", () => {});
  socket.resume();
  return socket;
}

/** All of them; so many connect and say nothing. */
export function faults(idleConnections: number): readonly Fault[] {
  const still = idle(idleConnections);
  return [killValidator, killChat, halves, garbage, still, slowReader];
}
