/**
 * TCP for processes: what chapters and exercises import as "#runtime/net".
 *
 * Sockets are the machine's; on a node under virtual time they are in memory.
 *
 * It behaves as Erlang's gen_tcp of OTP 25 does, but for this: `send` refuses
 * a message that its header cannot announce, where Erlang cuts the header off;
 * a line of more than 64 KiB comes in pieces, where Erlang cuts at its buffer
 * of 1,460 bytes; the name resolves to IPv4 unless the host is written with
 * colons; connections that nobody accepts yet wait without a limit; a client
 * that has broken off before it was accepted still has an address, for Node
 * remembers it; and two sends, not one, may be "ok" after the peer has gone.
 */
import { useOuterNetwork } from "./network.ts";
import { nodeNetwork } from "./node-sockets.ts";

useOuterNetwork(nodeNetwork);

export * from "./browser.ts";
