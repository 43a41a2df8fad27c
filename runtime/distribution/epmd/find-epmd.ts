import { names } from "./client.ts";
import { EpmdError } from "./epmd-error.ts";
import type { Epmd } from "./question.ts";
import { EpmdServer } from "./server.ts";

/** The port on which the whole world looks for EPMD. */
export const EPMD_PORT = 4369;

/** An EPMD that answers; `server` if it is this program's own. */
export interface FoundEpmd {
  readonly epmd: Epmd;
  readonly server?: EpmdServer;
}

/**
 * The port of EPMD: `ERL_EPMD_PORT` if it is set, as with every Erlang node,
 * else 4369. Something else than a port in it is passed over, as in Erlang.
 */
export function epmdPort(
  environment: Record<string, string | undefined> = process.env,
): number {
  const said = environment.ERL_EPMD_PORT ?? "";
  const port = /^\d{1,5}$/.test(said) ? Number(said) : 0;
  return port > 0 && port < 65_536 ? port : EPMD_PORT;
}

/**
 * The EPMD of this machine. When none answers, one is started in this program,
 * as `erl -name` would start the daemon.
 *
 * @throws EpmdError `timeout`, `closed` or `garbage_from_epmd` when something
 * else listens on the port, `cannot_listen` when it may not.
 */
export async function findEpmd(port = epmdPort()): Promise<FoundEpmd> {
  // Twice, because two programs may start at once and only one wins the port.
  for (let triesLeft = 2; ; triesLeft--) {
    try {
      await names({ port });
      return { epmd: { port } };
    } catch (error) {
      if (!isEpmdError(error, "econnrefused")) throw error;
    }
    try {
      const server = await EpmdServer.start({ port });
      return { epmd: { port: server.port }, server };
    } catch (error) {
      if (triesLeft === 1 || !isEpmdError(error, "cannot_listen")) throw error;
    }
  }
}

function isEpmdError(error: unknown, code: EpmdError["code"]): boolean {
  return error instanceof EpmdError && error.code === code;
}
