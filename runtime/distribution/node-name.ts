import { DistributionError } from "./distribution-error.ts";

/** The two halves of `name@host`. */
export interface NodeName {
  readonly name: string;
  readonly host: string;
}

/** @throws DistributionError `bad_node_name` */
export function splitNodeName(nodeName: string): NodeName {
  const [name, host, ...more] = nodeName.split("@");
  if (!name || !host || more.length > 0 || nodeName.length > 255) {
    throw new DistributionError(
      "bad_node_name",
      `"${nodeName}" is no name for a node. Make the node with a name and a ` +
        `host, such as createNode({ name: "chat@127.0.0.1" }).`,
    );
  }
  return { name, host };
}
