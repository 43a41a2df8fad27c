/** When a node that has something to do gets to do it. */
export interface Scheduler {
  /** Runs `turn` as soon as the code that runs now has ended. */
  soon(turn: () => void): void;
  /** Runs `turn` after timers, sockets and the page have had their go. */
  later(turn: () => void): void;
}

const settled = Promise.resolve();

/**
 * The event loop of Node or of a browser.
 *
 * `promise.then` and not `queueMicrotask`, which costs more. In Node,
 * MessageChannel starves timers for 100 ms and more, so it is for pages only.
 */
export function eventLoopScheduler(): Scheduler {
  const soon = (turn: () => void) => void settled.then(turn);
  if (typeof setImmediate === "function") {
    // In a microtask of the immediate, not in itself: there V8 makes a message
    // for every exception, caught or not, and a throw costs half as much again.
    return { soon, later: (turn) => void setImmediate(soon, turn) };
  }
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return {
    soon,
    later(turn) {
      waiting.push(turn);
      channel.port2.postMessage(undefined);
    },
  };
}

/** Never runs anything: the node is stepped by hand with {@link Node.step}. */
export const steppedByHand: Scheduler = { soon() {}, later() {} };
