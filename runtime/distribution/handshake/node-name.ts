/** The longest name of a node, in bytes: it is an atom. */
export const LONGEST_NODE_NAME = 255;

/**
 * Whether this can be the name of a node: something, one `@`, something.
 *
 * Erlang lets control characters through. Here they are refused, because the
 * name is printed before anybody has proved to be one of us.
 */
export function isNodeName(name: string): boolean {
  return (
    name.length <= LONGEST_NODE_NAME &&
    /^[^@\p{Cc}]+@[^@\p{Cc}]+$/u.test(name) &&
    // The handshake has one byte for each character.
    /^[\0-\xff]+$/.test(name)
  );
}
