import { realClock, spawn } from "#runtime";
import { type Measured, measuredPing } from "./measured.ts";
import { ping, pong } from "./pingpong.ts";

// npm run chapter 02 -- 5: plays five rounds aloud, then many in silence.
const rounds = Number(process.argv[2] ?? 3);
const SILENT_ROUNDS = 100_000;

if (!Number.isInteger(rounds) || rounds < 0) {
  console.error(
    `"${process.argv[2]}" is no number of rounds. Try: npm run chapter 02 -- 5`,
  );
  process.exitCode = 1;
} else {
  const print = (line: string) => console.log(line);
  spawn(ping, rounds, spawn(pong, print), (line) => {
    print(line);
    if (line === "Ping stop") {
      spawn(measuredPing, SILENT_ROUNDS, realClock(), show);
    }
  });
}

function show({ messages, meanIntervalMs, messagesPerSecond }: Measured): void {
  const microseconds = (meanIntervalMs * 1_000).toFixed(2);
  const millions = (messagesPerSecond / 1e6).toFixed(1);
  console.log(
    `${messages} messages: ${microseconds} µs each, ${millions} million a second`,
  );
}
