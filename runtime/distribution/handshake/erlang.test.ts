import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { withoutErlang } from "../../real-erlang.ts";
import { ErlangNode } from "../epmd/erlang-node.ts";
import { EpmdServer, portPlease, registerName } from "../epmd/index.ts";
import {
  type Admission,
  type Connected,
  Cookie,
  connectNode,
  Doorway,
  flags,
  type HandshakeError,
  type Identity,
} from "./index.ts";

const host = "127.0.0.1";
const secret = "SECRETCOOKIE";
let epmd: EpmdServer;
const cleaning: (() => unknown)[] = [];

beforeAll(async () => {
  epmd = await EpmdServer.start({ port: 0 });
});
afterEach(() => Promise.all(cleaning.splice(0).map((clean) => clean())));
afterAll(() => epmd.close());

async function erlang(name: string): Promise<ErlangNode> {
  const node = await ErlangNode.start({
    name: `${name}@${host}`,
    epmdPort: epmd.port,
    cookie: secret,
  });
  cleaning.push(() => node.kill());
  return node;
}

function identity(name: string, value = secret): Identity {
  const cookie = new Cookie(value);
  return {
    name: `${name}@${host}`,
    creation: 7,
    flags: flags.OFFERED,
    cookieFor: () => cookie,
  };
}

async function connect(me: Identity, peer: string): Promise<Connected> {
  const { port = 0 } = (await portPlease(epmd, peer)) ?? {};
  const address = { name: `${peer}@${host}`, host, port };
  const connected = await connectNode(me, address);
  cleaning.push(() => connected.socket.destroy());
  return connected;
}

/** A node of this program that real ones can connect to. */
async function open(me: Identity, admit: () => Admission = () => "ok") {
  const come: Connected[] = [];
  const refused: HandshakeError[] = [];
  const doorway = await Doorway.open({
    identity: () => me,
    admit,
    onConnected: (connected) => {
      come.push(connected);
      cleaning.push(() => connected.socket.destroy());
    },
    onRefused: (error) => refused.push(error),
  });
  const name = me.name.split("@")[0] ?? "";
  const registered = await registerName(epmd, { name, port: doorway.port });
  cleaning.push(
    () => registered.close(),
    () => doorway.close(),
  );
  return { come, refused };
}

const real = test.skipIf(withoutErlang);

real(
  "a real node lets this one in, and lists it (needs erl)",
  async () => {
    const node = await erlang("host1");
    const { peer } = await connect(identity("guest1"), "host1");
    expect(peer).toMatchObject({ name: `host1@${host}`, replaces: false });
    expect(String(peer.creation)).toBe(
      await node.evaluate("erts_internal:get_creation()"),
    );
    expect(await node.evaluate("nodes()")).toBe(`['guest1@${host}']`);
  },
  40_000,
);

real(
  "a hidden node is in nodes(hidden) only (needs erl)",
  async () => {
    const node = await erlang("host2");
    const me = identity("guest2");
    await connect({ ...me, flags: me.flags & ~flags.PUBLISHED }, "host2");
    expect(await node.evaluate("{nodes(), nodes(hidden)}")).toBe(
      `{[],['guest2@${host}']}`,
    );
  },
  40_000,
);

real(
  "a real node connects to this one, and lists it (needs erl)",
  async () => {
    const { come } = await open(identity("host3"));
    const node = await erlang("guest3");
    const connected = `net_kernel:connect_node('host3@${host}')`;
    expect(await node.evaluate(connected)).toBe("true");
    expect(await node.evaluate("nodes()")).toBe(`['host3@${host}']`);
    expect(come[0]?.peer).toMatchObject({ name: `guest3@${host}` });
  },
  40_000,
);

real(
  "a wrong cookie is refused by a real node, which logs it (needs erl)",
  async () => {
    const node = await erlang("host4");
    await expect(
      connect(identity("guest4", "WRONG"), "host4"),
    ).rejects.toMatchObject({
      code: "closed",
      message:
        "The other node hung up when it had seen the proof of this node's cookie. Give both nodes the same cookie.",
    });
    await node.printed(
      /Connection attempt from node 'guest4@127.0.0.1' rejected. Invalid challenge reply/,
    );
    expect(node.output).not.toContain("WRONG");
  },
  40_000,
);

real(
  "a real node with a wrong cookie is refused, in Erlang's words (needs erl)",
  async () => {
    const { refused, come } = await open(identity("host5", "ANOTHER"));
    const node = await erlang("guest5");
    expect(await node.evaluate(`net_adm:ping('host5@${host}')`)).toBe("pang");
    expect(come).toEqual([]);
    expect(refused[0]?.message).toBe(
      `Connection attempt from node 'guest5@${host}' rejected. Invalid challenge reply. Give both nodes the same cookie.`,
    );
  },
  40_000,
);

real(
  "a second node of a connected name is asked whether it is sure (needs erl)",
  async () => {
    const node = await erlang("host6");
    const first = await connect(identity("guest6"), "host6");
    const { port = 0 } = (await portPlease(epmd, "host6")) ?? {};
    let asked = 0;
    const again = connectNode(
      identity("guest6"),
      { name: `host6@${host}`, host, port },
      { isWanted: () => ++asked === 0 },
    );
    await expect(again).rejects.toMatchObject({ code: "still_connected" });
    expect(asked).toBe(1);
    // The first connection is none the worse for it.
    expect(await node.evaluate("nodes()")).toBe(`['guest6@${host}']`);
    expect(first.socket.destroyed).toBe(false);
  },
  40_000,
);

real(
  "a node of the real node's own name is refused (needs erl)",
  async () => {
    await erlang("host7");
    await expect(connect(identity("host7"), "host7")).rejects.toMatchObject({
      code: "nok",
    });
  },
  40_000,
);

real(
  "a node that lacks what OTP 25 demands is not allowed (needs erl)",
  async () => {
    const node = await erlang("host8");
    const lame = identity("guest8");
    await expect(
      connect({ ...lame, flags: flags.PUBLISHED }, "host8"),
    ).rejects.toMatchObject({ code: "not_allowed" });
    await node.printed(/cannot handle \["HANDSHAKE_23"/);
  },
  40_000,
);

real(
  "a real node that is not allowed gets a pang (needs erl)",
  async () => {
    const { refused } = await open(identity("host9"), () => "not_allowed");
    const node = await erlang("guest9");
    expect(await node.evaluate(`net_adm:ping('host9@${host}')`)).toBe("pang");
    expect(refused[0]).toMatchObject({ code: "not_allowed" });
  },
  40_000,
);

real(
  "a connection that is wanted replaces the one before (needs erl)",
  async () => {
    const node = await erlang("host10");
    const first = await connect(identity("guest10"), "host10");
    const { socket } = first;
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => {}).resume();
    const second = await connect(identity("guest10"), "host10");
    await closed;
    expect(await node.evaluate("nodes()")).toBe(`['guest10@${host}']`);
    expect(second.socket.destroyed).toBe(false);
  },
  40_000,
);

real(
  "what is demanded and offered is what OTP 25 knows (needs erl)",
  async () => {
    const node = await erlang("host11");
    const known = await node.evaluate("erts_internal:get_dflags()");
    const [, usual, mandatory] = known.slice(1, -1).split(",");
    expect(String(flags.MANDATORY)).toBe(mandatory);
    const unknown = flags.OFFERED & ~(BigInt(usual ?? 0) | flags.PUBLISHED);
    expect(unknown).toBe(0n);
  },
  40_000,
);
