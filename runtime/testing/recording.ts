import { format } from "../core/format.ts";
import type { TraceEvent } from "../core/trace.ts";

/** A trace event as plain data: what a `*.trace.json` holds and a page draws. */
export type Recorded = { readonly kind: string; readonly atMs: number } & {
  readonly [field: string]: string | number | null;
};

/** Turns a trace into data that a diagram can be drawn from. */
export function recording(trace: readonly TraceEvent[]): Recorded[] {
  const underWay: { to: string; message: unknown; id: number }[] = [];
  let sent = 0;
  const base = (event: TraceEvent) => ({ kind: event.kind, atMs: event.atMs });
  const text = (pid: unknown) => (pid === undefined ? null : String(pid));
  return trace.flatMap((event): Recorded[] => {
    switch (event.kind) {
      case "spawn": {
        const { pid, parent, label } = event;
        return [
          { ...base(event), process: `${pid}`, label, parent: text(parent) },
        ];
      }
      case "send": {
        const id = ++sent;
        const { from, to, message } = event;
        underWay.push({ to: `${to}`, message, id });
        return [
          {
            ...base(event),
            id,
            from: text(from),
            to: `${to}`,
            message: format(message),
          },
        ];
      }
      case "receive": {
        const process = `${event.pid}`;
        // The oldest equal one: by the rule of receive it is the one taken.
        const place = underWay.findIndex(
          ({ to, message }) => to === process && message === event.message,
        );
        if (place < 0) return [];
        const [one] = underWay.splice(place, 1);
        const message = format(event.message);
        return [{ ...base(event), id: one?.id ?? 0, process, message }];
      }
      case "exit":
        return [
          {
            ...base(event),
            process: `${event.pid}`,
            reason: format(event.reason),
          },
        ];
      case "timeout":
        return [{ ...base(event), process: `${event.pid}` }];
      case "exit-signal":
      case "down":
        return [
          {
            ...base(event),
            from: text(event.from),
            to: `${event.to}`,
            reason: format(event.reason),
          },
        ];
      case "link":
      case "unlink":
      case "monitor":
      case "demonitor":
        return [{ ...base(event), from: `${event.from}`, to: text(event.to) }];
      case "register":
      case "unregister":
        return [{ ...base(event), process: `${event.pid}`, name: event.name }];
      default:
        return [];
    }
  });
}
