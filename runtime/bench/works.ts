import { call } from "./work/call.ts";
import { fanIn } from "./work/fan-in.ts";
import { genServerCall } from "./work/gen-server-call.ts";
import { pingPong } from "./work/ping-pong.ts";
import { pingPongClauses } from "./work/ping-pong-clauses.ts";
import { pingPongGivenBack } from "./work/ping-pong-given-back.ts";
import { restart } from "./work/restart.ts";
import { ring } from "./work/ring.ts";
import { spawning } from "./work/spawn.ts";
import { supervisedRestart } from "./work/supervised-restart.ts";
import type { Work } from "./work.ts";

/** All kinds of work, in the order of the table. */
export const works: readonly Work[] = [
  pingPong,
  pingPongClauses,
  pingPongGivenBack,
  ring,
  spawning,
  fanIn,
  call,
  genServerCall,
  restart,
  supervisedRestart,
];
