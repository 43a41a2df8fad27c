import { createHash } from "node:crypto";
import type { Overheard } from "./eavesdrop.ts";

/** One message of a handshake: who says it, and its fields in order. */
export interface Message {
  readonly from: Overheard["from"];
  readonly says: string;
  readonly fields: readonly Field[];
}
export type Field = readonly [hex: string, meaning: string];

/** What the bytes mean: how many there are of each, and what they say. */
const LAYOUTS: Record<string, readonly [bytes: number, meaning: string][]> = {
  "caller N": [
    [8, "what I can do, a bit for each thing"],
    [4, "which life of this node it is"],
    [2, "how long my name is"],
  ],
  "called s": [],
  "called N": [
    [8, "what I can do"],
    [4, "my challenge to you, a random number"],
    [4, "which life of this node it is"],
    [2, "how long my name is"],
  ],
  "caller r": [
    [4, "my challenge to you"],
    [16, "MD5 of the cookie and your challenge"],
  ],
  "called a": [[16, "MD5 of the cookie and your challenge"]],
};

const TITLES: Record<string, string> = {
  "caller N": "I am",
  "called s": "You may go on",
  "called N": "I am, and prove that you know the cookie",
  "caller r": "Here is the proof; now you",
  "called a": "Here is mine",
};

/** The handshake in what was overheard: five messages, two bytes of length. */
export function messagesIn(overheard: readonly Overheard[]): Message[] {
  const messages: Message[] = [];
  for (const { from, hex } of overheard) {
    for (let at = 0; at < hex.length && messages.length < 5; ) {
      const length = Number.parseInt(hex.slice(at, at + 4), 16);
      const end = at + 4 + length * 2;
      messages.push(understood(from, hex.slice(at, end)));
      at = end;
    }
  }
  return messages;
}

function understood(from: Overheard["from"], hex: string): Message {
  const kind = textOf(hex.slice(4, 6));
  const key = `${from} ${kind}`;
  const length = Number.parseInt(hex.slice(0, 4), 16);
  const fields: Field[] = [
    [hex.slice(0, 4), `${length} bytes follow`],
    [hex.slice(4, 6), `"${kind}", the kind of message`],
  ];
  let at = 6;
  for (const [bytes, meaning] of LAYOUTS[key] ?? []) {
    fields.push([hex.slice(at, at + bytes * 2), meaning]);
    at += bytes * 2;
  }
  const rest = hex.slice(at);
  if (rest !== "") fields.push([rest, `"${textOf(rest)}"`]);
  return { from, says: TITLES[key] ?? "", fields };
}

function textOf(hex: string): string {
  return Buffer.from(hex, "hex").toString("latin1");
}

// #region digest
/** The proof: only who knows the cookie can say what comes out. */
export function digest(cookie: string, challenge: string): string {
  const asDecimal = Number.parseInt(challenge, 16).toString();
  return createHash("md5")
    .update(cookie + asDecimal)
    .digest("hex");
}
// #endregion

const ROW_BYTES = 8;

/** A message as lines: eight bytes in each, and what they mean. */
export function inLines({ from, says, fields }: Message): string[] {
  const lines = fields.flatMap(([hex, meaning]) => {
    const bytes = hex.match(/../g) ?? [];
    const rows: string[] = [];
    for (let at = 0; at < bytes.length; at += ROW_BYTES) {
      const row = bytes.slice(at, at + ROW_BYTES).join(" ");
      rows.push(`  ${row.padEnd(26)}${at === 0 ? meaning : ""}`.trimEnd());
    }
    return rows;
  });
  return [`${from === "caller" ? "chat" : "validator"}: ${says}`, ...lines];
}
