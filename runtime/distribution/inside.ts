import type { Step } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import type { Node } from "../core/world.ts";

/** Runs in a process of the node; what it returns or throws. */
export function inside<T>(
  node: Node,
  body: (self: Self<unknown>) => Step<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    node.spawn(function* main(self: Self<unknown>) {
      try {
        resolve(yield* body(self));
      } catch (error) {
        reject(error);
      }
    });
  });
}
