import { connect, createServer } from "node:net";
import type { Network } from "./network.ts";
import { NodeEnd, reasonOf } from "./node-end.ts";

/** The network of the machine, through Node's `net`. */
export const nodeNetwork: Network = {
  listen([host, port], backlog, reception) {
    let stopped = false;
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    // Later errors are about single connections, which then do not come.
    server.on("error", (error) => {
      if (!server.listening) reception.refused(reasonOf(error));
    });
    server.on("connection", (socket) => {
      const { remoteAddress = "", remotePort = 0 } = socket;
      reception.connection(new NodeEnd(socket, [remoteAddress, remotePort]));
    });
    server.on("listening", () => {
      const address = server.address();
      if (stopped || address === null || typeof address === "string") {
        server.close();
      } else reception.listening(address.port);
    });
    server.listen({ host: addressOf(host), port, backlog });
    return () => {
      stopped = true;
      server.close();
    };
  },
  connect([name, port], dialling) {
    const host = addressOf(name);
    const family = host.includes(":") ? 6 : 4;
    const socket = connect({ host, port, family, allowHalfOpen: true });
    const refused = (error: Error) => dialling.refused(reasonOf(error));
    socket.pause();
    socket.once("error", refused);
    socket.once("connect", () => {
      socket.off("error", refused);
      const { remoteAddress = host, remotePort = port } = socket;
      dialling.connected(new NodeEnd(socket, [remoteAddress, remotePort]));
    });
    return () => void socket.destroy();
  },
};

/** IPv4 is what "localhost" means to Erlang's `gen_tcp` unless told otherwise. */
function addressOf(host: string): string {
  return host === "localhost" ? "127.0.0.1" : host;
}
