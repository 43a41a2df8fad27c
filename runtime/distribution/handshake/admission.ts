/** How this node stands with another one when that connects. */
export type Acquaintance =
  /** No connection, and none under way. */
  | "none"
  /** This node is connecting to it at the same moment. */
  | "pending"
  | "up"
  /** Connected, and a second connection is being made already. */
  | "up_pending";

/** What a node that connects is told. */
export type Admission =
  | "ok"
  /** Come in; this node's own attempt is dropped for yours. */
  | "ok_simultaneous"
  /** This node's own attempt goes on; wait for that. */
  | "nok"
  /** This node believes you are connected; are you sure? */
  | "alive"
  | "not_allowed"
  /** Nothing is said, and the connection closed. */
  | "already_pending";

/**
 * Who goes first when two nodes connect to each other at once: the attempt of
 * the greater name is kept, which both find out for themselves. As Erlang's
 * `net_kernel` decides, also for a node that calls itself by this node's name.
 */
export function admission(
  me: string,
  peer: string,
  acquaintance: Acquaintance,
): Admission {
  if (me === peer) return "nok";
  switch (acquaintance) {
    case "none":
      return "ok";
    case "pending":
      return me > peer ? "nok" : "ok_simultaneous";
    case "up":
      return "alive";
    case "up_pending":
      return "already_pending";
  }
}
