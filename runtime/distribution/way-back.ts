import type { Remote, RemotePid } from "../core/remote.ts";

/**
 * What stands behind an address that is only good for an answer: it goes to
 * who asked, and nothing else is ever done to it.
 */
export abstract class WayBack implements Remote {
  protected readonly caller: RemotePid;

  constructor(caller: RemotePid) {
    this.caller = caller;
  }

  get nodeName(): string {
    return this.caller.remote.nodeName;
  }

  abstract send(...signal: Parameters<Remote["send"]>): void;

  link(): void {}
  unlink(): void {}
  exit(): void {}
  monitor(): void {}
  demonitor(): void {}
  down(): void {}
}
