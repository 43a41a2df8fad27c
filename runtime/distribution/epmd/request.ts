import { nameFrom, type Registration } from "./registration.ts";

/**
 * What can be asked of EPMD (Erlang's manual: ERTS User's Guide, "Distribution
 * Protocol", "EPMD Protocol"). Requests that stop the daemon, or strike another
 * node's name from its list, are left out: nobody on the machine needs them.
 */
export type Request =
  | { readonly kind: "register"; readonly registration: Registration }
  | { readonly kind: "port_please"; readonly name: string }
  | { readonly kind: "names" };

const REGISTER = 120; // ALIVE2_REQ
const PORT_PLEASE = 122; // PORT_PLEASE2_REQ
const NAMES = 110; // NAMES_REQ

const VISIBLE = 77;
const HIDDEN = 72;
const TCP_IPV4 = 0;
/** Everything of a registration but the name and the extra field. */
const FIXED_BYTES = 13;

/** The request as it goes over the wire, its length of two bytes in front. */
export function encodeRequest(request: Request): Uint8Array {
  const body = bodyOf(request);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([length, body]);
}

/**
 * The request in a packet without its length. Whatever is not one is
 * `"garbage"`, lengths that do not fit the packet included.
 */
export function decodeRequest(packet: Uint8Array): Request | "garbage" {
  switch (packet[0]) {
    case REGISTER:
      return decodeRegistration(Buffer.from(packet));
    case PORT_PLEASE: {
      // Very old nodes end the name with a zero byte.
      const end = packet.at(-1) === 0 ? -1 : packet.length;
      const name = nameFrom(packet.subarray(1, end));
      return name === undefined ? "garbage" : { kind: "port_please", name };
    }
    case NAMES:
      return { kind: "names" };
    default:
      return "garbage";
  }
}

function bodyOf(request: Request): Uint8Array {
  switch (request.kind) {
    case "register":
      return encodeRegistration(request.registration);
    case "port_please":
      return Buffer.concat([Buffer.of(PORT_PLEASE), Buffer.from(request.name)]);
    case "names":
      return Buffer.of(NAMES);
  }
}

function encodeRegistration(registration: Registration): Uint8Array {
  const name = Buffer.from(registration.name);
  const { extra } = registration;
  const body = Buffer.alloc(FIXED_BYTES + name.length + extra.length);
  body[0] = REGISTER;
  body.writeUInt16BE(registration.port, 1);
  body[3] = registration.hidden ? HIDDEN : VISIBLE;
  body[4] = TCP_IPV4;
  body.writeUInt16BE(registration.highestVersion, 5);
  body.writeUInt16BE(registration.lowestVersion, 7);
  body.writeUInt16BE(name.length, 9);
  body.set(name, 11);
  body.writeUInt16BE(extra.length, 11 + name.length);
  body.set(extra, FIXED_BYTES + name.length);
  return body;
}

function decodeRegistration(packet: Buffer): Request | "garbage" {
  if (packet.length < FIXED_BYTES) return "garbage";
  const nameBytes = packet.readUInt16BE(9);
  if (FIXED_BYTES + nameBytes > packet.length) return "garbage";
  const extraBytes = packet.readUInt16BE(11 + nameBytes);
  const extraAt = FIXED_BYTES + nameBytes;
  if (extraAt + extraBytes > packet.length) return "garbage";
  const name = nameFrom(packet.subarray(11, 11 + nameBytes));
  if (name === undefined) return "garbage";
  return {
    kind: "register",
    registration: {
      name,
      port: packet.readUInt16BE(1),
      hidden: packet[3] === HIDDEN,
      highestVersion: packet.readUInt16BE(5),
      lowestVersion: packet.readUInt16BE(7),
      extra: Uint8Array.from(packet.subarray(extraAt, extraAt + extraBytes)),
    },
  };
}
