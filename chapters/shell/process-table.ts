import { format, type Pid, processInfo } from "#runtime";

const heading = ["Pid", "Body", "Name", "Msgs", "Links", "State"];

/** The living processes as a table: Erlang's `i/0`. */
export function processTable(pids: readonly Pid[]): string {
  const rows = pids.flatMap((pid) => {
    const info = processInfo(pid);
    if (info === undefined) return [];
    const { label, registeredName, messageQueueLength, links, status } = info;
    const linked = links.map((it) => `${it}`).join(" ");
    return [
      [
        `${pid}`,
        label || "(anonymous)",
        registeredName ?? "",
        `${messageQueueLength}`,
        linked,
        status,
      ],
    ];
  });
  return inColumns([heading, ...rows]);
}

/** The registered names and whose they are: Erlang's `regs/0`. */
export function nameTable(
  names: readonly string[],
  whereis: (name: string) => Pid | undefined,
): string {
  const rows = names.map((name) => {
    const pid = whereis(name);
    return [name, `${pid}`, (pid && processInfo(pid)?.label) ?? ""];
  });
  return inColumns([["Name", "Pid", "Body"], ...rows]);
}

/** Lines such as `Shell got "hello"`: Erlang's `flush/0`. */
export function gotLine(message: unknown): string {
  return `Shell got ${format(message)}`;
}

function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
