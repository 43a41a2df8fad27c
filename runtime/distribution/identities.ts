import {
  type Foreign,
  ForeignPid,
  ForeignRef,
  type Identities,
  theOne,
} from "./etf/index.ts";
import type { LocalIdentities } from "./local-identities.ts";
import type { RemoteIdentities } from "./remote-identities.ts";

/**
 * What the codec is told of a node's processes. A pid of an earlier node of
 * our name stays what it was on the wire: nobody here answers to it.
 */
export function identitiesOf(
  nodeName: string,
  local: LocalIdentities,
  remote: RemoteIdentities,
): Identities {
  return {
    resolve(foreign: Foreign): unknown {
      if (foreign instanceof ForeignPid) {
        if (foreign.node !== nodeName) return remote.pid(foreign);
        return local.pid(foreign) ?? theOne(foreign);
      }
      if (foreign instanceof ForeignRef) {
        if (foreign.node !== nodeName) return remote.ref(foreign);
        return local.ref(foreign) ?? theOne(foreign);
      }
      return theOne(foreign);
    },
    describe: (value) => local.describe(value) ?? remote.describe(value),
  };
}
