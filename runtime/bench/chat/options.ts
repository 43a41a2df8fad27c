export interface ChatBenchOptions {
  readonly clients: number;
  /** Messages a second, of all clients together; each goes to all clients. */
  readonly rate: number;
  /** Of each of the two phases. */
  readonly seconds: number;
}

const FULL: ChatBenchOptions = { clients: 1_000, rate: 20, seconds: 10 };
const QUICK: ChatBenchOptions = { clients: 100, rate: 20, seconds: 2 };

/** Files that this process and the servers have open apart from the clients. */
const SPARE_FILES = 100;

/** What was asked for on the command line, or a sentence that says what is wrong. */
export function optionsIn(words: readonly string[]): ChatBenchOptions | string {
  const options: Record<string, number> = {
    ...(words.includes("--quick") ? QUICK : FULL),
  };
  const rest = words.filter((word) => word !== "--quick");
  for (let at = 0; at < rest.length; at += 2) {
    const [flag = "", value] = rest.slice(at, at + 2);
    const name = flag.replace(/^--/, "");
    if (!flag.startsWith("--") || options[name] === undefined) {
      return `There is no "${flag}" here. There are: --quick, --clients, --rate, --seconds`;
    }
    const number = Number(value);
    if (!(number > 0) || (name === "clients" && !Number.isInteger(number))) {
      return `${flag} wants a number above 0${value === undefined ? "" : `, not "${value}"`}.`;
    }
    options[name] = number;
  }
  return options as unknown as ChatBenchOptions;
}

/** Why `clients` cannot be had with so many open files; undefined if they can. */
export function tooFewFiles(
  clients: number,
  openFiles: number,
): string | undefined {
  const wanted = clients + SPARE_FILES;
  if (Number.isNaN(openFiles) || openFiles >= wanted) return undefined;
  return (
    `${clients} clients need ${wanted} open files, and this shell allows ` +
    `${openFiles}. Raise it with \`ulimit -n ${wanted}\`, or take fewer: --clients ${Math.max(1, openFiles - SPARE_FILES)}`
  );
}
