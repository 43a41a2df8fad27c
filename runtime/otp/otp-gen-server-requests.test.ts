import { expect, test } from "vitest";
import { after } from "../core/clauses.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { genServer } from "./index.ts";
import { ok } from "./outcome.ts";
import {
  type Script,
  type Scripted,
  type ScriptedServer,
  scripted,
} from "./scripted-server.ts";

const many = { schedules: 25 };
type Me = Self<unknown>;

/** Answers after so many ms as it is asked for; "stop" ends it. */
const slow: Script = {
  *call(it, what, _from, state) {
    if (what === "stop") return ["stop", "stopped", state];
    yield* it.sleep(what as number);
    return ["reply", what, state];
  },
};
const {
  checkAnyResponse,
  checkResponse,
  receiveAnyResponse,
  receiveResponse,
  requestIds,
  sendRequest,
  waitAnyResponse,
  waitResponse,
} = genServer;

function* nothingLeft(self: Me) {
  const left = yield* self.receive({ _: (it: unknown) => it }, after(5_000));
  expect(left).toBeUndefined();
}

test("gen_server_SUITE: send_request is answered later, when it is waited for", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted([], slow), []));
    const request = sendRequest(self, server, ["ask", 100]);
    expect(yield* waitResponse(self, request, 10)).toBe("timeout");
    expect(yield* waitResponse(self, request)).toEqual(["reply", 100]);
    const second = sendRequest(self, server, ["ask", 5]);
    const message = yield* self.receive();
    expect(checkResponse("something else", second)).toBe("no_reply");
    expect(checkResponse(message, request)).toBe("no_reply");
    expect(checkResponse(message, second)).toEqual(["reply", 5]);
    yield* nothingLeft(self);
  }, many);
});

test("gen_server_SUITE: send_request is given up by receiveResponse's time limit", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted([], slow), []));
    const request = sendRequest(self, server, ["ask", 100]);
    expect(yield* receiveResponse(self, request, 10)).toBe("timeout");
    yield* nothingLeft(self);
    const next = sendRequest(self, server, ["ask", 1]);
    expect(yield* receiveResponse(self, next, 10)).toEqual(["reply", 1]);
  }, many);
});

test("gen_server_SUITE: send_request tells why there is no reply", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted([], slow), []));
    const request = sendRequest(self, server, ["ask", "stop"]);
    const stopped = yield* waitResponse(self, request);
    expect(stopped).toEqual(["error", ["stopped", server]]);
    const places: [ScriptedServer | string | [string, string], string][] = [
      [server, "noproc"],
      ["nobody", "noproc"],
      [["nobody", self.node], "noproc"],
      [["nobody", "nobody@127.0.0.1"], "noconnection"],
    ];
    for (const [to, reason] of places) {
      const lost = sendRequest<Scripted, ["ask", 1]>(self, to, ["ask", 1]);
      const response = yield* receiveResponse(self, lost);
      expect(response).toEqual(["error", [reason, to]]);
    }
    yield* nothingLeft(self);
  }, many);
});

/** Three requests under way: the last is answered first, the second never. */
function* three(self: Me) {
  let requests = requestIds<string>();
  const more = [
    ["first", 200],
    ["second", "stop"],
    ["third", 50],
  ] as const;
  for (const [label, what] of more) {
    const server = ok(yield* genServer.start(self, scripted([], slow), []));
    if (what === "stop") yield* self.sleep(0);
    requests = requests.add(sendRequest(self, server, ["ask", what]), label);
  }
  return requests;
}

test("gen_server_SUITE: send_request_wait_reqid_collection gives what comes first, with its label", () => {
  simulate(function* main(self: Me) {
    let requests = yield* three(self);
    expect(requests.size).toBe(3);
    const seen: unknown[] = [];
    while (requests.size > 0) {
      const next = yield* waitAnyResponse(self, requests, 1_000, "delete");
      if (typeof next === "string") throw new Error(next);
      seen.push([next[1], next[0][0]]);
      requests = next[2];
    }
    expect(seen).toEqual([
      ["second", "error"],
      ["third", "reply"],
      ["first", "reply"],
    ]);
    const none = yield* waitAnyResponse(self, requests, 1_000, "delete");
    expect(none).toBe("no_request");
    yield* nothingLeft(self);
  }, many);
});

test("gen_server_SUITE: send_request_wait_reqid_collection keeps what it is told to keep", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted([], slow), []));
    const request = sendRequest(self, server, ["ask", 10]);
    const requests = requestIds().add(request, "only");
    const early = yield* waitAnyResponse(self, requests, 1, "keep");
    expect(early).toBe("timeout");
    const answer = yield* waitAnyResponse(self, requests, 100, "keep");
    expect(answer).toEqual([["reply", 10], "only", requests]);
    expect(requests.toList()).toEqual([[request, "only"]]);
  }, many);
});

test("gen_server_SUITE: send_request_wait_reqid_collection is given up whole by receiveAnyResponse", () => {
  simulate(function* main(self: Me) {
    const server = ok(yield* genServer.start(self, scripted([], slow), []));
    const requests = requestIds<number>()
      .add(sendRequest(self, server, ["ask", 100]), 1)
      .add(sendRequest(self, server, ["ask", 100]), 2);
    const late = yield* receiveAnyResponse(self, requests, 10, "delete");
    expect(late).toBe("timeout");
    yield* nothingLeft(self);
  }, many);
});

test("gen_server_SUITE: send_request_check_reqid_collection knows its own messages", () => {
  simulate(function* main(self: Me) {
    let requests = yield* three(self);
    expect(checkAnyResponse("else", requests, "delete")).toBe("no_reply");
    const labels: string[] = [];
    while (requests.size > 0) {
      const message = yield* self.receive();
      const found = checkAnyResponse(message, requests, "delete");
      if (typeof found === "string") throw new Error(found);
      labels.push(found[1]);
      requests = found[2];
    }
    expect(labels).toEqual(["second", "third", "first"]);
    expect(checkAnyResponse("else", requests, "delete")).toBe("no_request");
  }, many);
});
