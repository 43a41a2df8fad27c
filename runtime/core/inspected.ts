/** What console.log of Node calls; a well-known key, so no import is needed. */
export const inspected: unique symbol = Symbol.for(
  "nodejs.util.inspect.custom",
);
