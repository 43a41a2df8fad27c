import { Atom } from "./atom.ts";
import { BitString } from "./bit-string.ts";
import { Float } from "./float.ts";
import { ForeignFun } from "./foreign-fun.ts";
import { ImproperList } from "./list.ts";
import { writeArray, writeImproperList } from "./write-array.ts";
import { writeAtom, writeName } from "./write-atom.ts";
import { writeBitString, writeBytes, writeText } from "./write-binary.ts";
import { isForeign, writeForeign } from "./write-identity.ts";
import { writeMap, writeObject } from "./write-map.ts";
import { writeBigint, writeFloat, writeNumber } from "./write-number.ts";
import type { Writer } from "./writer.ts";

/** Any value that has a term. */
export function writeTerm(writer: Writer, value: unknown): void {
  switch (typeof value) {
    case "string":
      return writeText(writer, value);
    case "number":
      return writeNumber(writer, value);
    case "bigint":
      return writeBigint(writer, value);
    case "boolean":
    case "undefined":
      return writeName(writer, String(value));
    case "object":
      if (value === null) return writeName(writer, "null");
      return writeWhole(writer, value);
    case "function":
    case "symbol":
      throw refusal(writer, `a ${typeof value}`);
  }
}

/** A value that is a whole message: a bare string is an atom there. */
export function writeMessage(writer: Writer, value: unknown): void {
  if (typeof value === "string") writeAtom(writer, value);
  else writeTerm(writer, value);
}

function writeWhole(writer: Writer, value: object): void {
  if (Array.isArray(value)) writeArray(writer, value);
  else if (value instanceof Atom) writeAtom(writer, value.text);
  else if (isForeign(value)) writeForeign(writer, value);
  else if (isPlain(value)) writeObject(writer, value);
  else if (value instanceof Map) writeMap(writer, value);
  else if (value instanceof Uint8Array) writeBytes(writer, value);
  else if (value instanceof Float) writeFloat(writer, value.value);
  else if (value instanceof ImproperList) writeImproperList(writer, value);
  else if (value instanceof BitString) writeBitString(writer, value);
  else if (value instanceof ForeignFun) writer.raw(value.bytes);
  else writeDescribed(writer, value);
}

/** Made by `{…}`, in this realm or another, or without a prototype. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null &&
      Object.hasOwn(prototype as object, "isPrototypeOf"))
  );
}

function writeDescribed(writer: Writer, value: object): void {
  const foreign = writer.identities.describe?.(value);
  if (foreign === undefined) {
    throw refusal(writer, `an object of class ${value.constructor?.name}`);
  }
  writeForeign(writer, foreign);
}

function refusal(writer: Writer, what: string): Error {
  return writer.error(
    "unencodable",
    `${what} cannot be sent to another node: Erlang has no term for it; ` +
      `send what it stands for in plain objects, arrays, strings and numbers`,
  );
}
