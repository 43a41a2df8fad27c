import type { Allowed } from "./allowed.ts";
import type { SocketTransportOptions } from "./socket-transport.ts";
import type { Transport } from "./wire.ts";

/** How a node takes part in a distribution. */
export interface DistributionOptions {
  /**
   * The secret that all nodes of a cluster share. By default
   * `LET_IT_CRASH_COOKIE`, or the file that Erlang's nodes take theirs from.
   */
  readonly cookie?: string;
  /** Other cookies for some nodes: Erlang's `erlang:set_cookie/2`. */
  readonly cookieFor?: Readonly<Record<string, string>>;
  /** Where it listens. @defaultValue "127.0.0.1", nothing beyond this machine */
  readonly host?: string;
  /** @defaultValue 0, any free port */
  readonly port?: number;
  /** The functions that other nodes may call. @defaultValue none */
  readonly allow?: Allowed;
  /** Not to be seen in `nodes()`, nor drawn into meshes. @defaultValue false */
  readonly hidden?: boolean;
  /**
   * Whether a node that connects is made known to the others, so that all are
   * connected to all (Erlang's `-connect_all`). @defaultValue true
   */
  readonly connectAll?: boolean;
  /**
   * A node that has said nothing for so long is gone: Erlang's `net_ticktime`.
   * Signs of life go out every quarter of it. @defaultValue 60000
   */
  readonly tickTimeMs?: number;
  /** How long a handshake may take: Erlang's `net_setuptime`. @defaultValue 7000 */
  readonly setupTimeMs?: number;
  /** A larger packet ends its connection. @defaultValue 64 MiB */
  readonly maximumPacketBytes?: number;
  /**
   * When so much waits for a link, who sends there is stopped at its next
   * `yield*`: Erlang's `+zdbbl`. @defaultValue 1 MiB
   */
  readonly busyBytes?: number;
  readonly epmd?: SocketTransportOptions;
  /** How nodes reach each other. @defaultValue sockets and EPMD; in a page, one network in its memory */
  readonly transport?: Transport;
}

/** What connections are made with. */
export type Settings = Pick<
  Required<DistributionOptions>,
  "connectAll" | "setupTimeMs" | "maximumPacketBytes" | "busyBytes"
>;

const MEBIBYTE = 1_024 * 1_024;

export const DEFAULTS = {
  host: "127.0.0.1",
  port: 0,
  hidden: false,
  connectAll: true,
  tickTimeMs: 60_000,
  setupTimeMs: 7_000,
  maximumPacketBytes: 64 * MEBIBYTE,
  busyBytes: MEBIBYTE,
} as const;
