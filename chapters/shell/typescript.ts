import { transformSync } from "esbuild";

/** JavaScript to run, a mistake to show, or a line that is not complete. */
export type Stripped =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "incomplete" }
  | { readonly kind: "mistake"; readonly message: string };

/** What esbuild says of a text that only needs another line. */
const wantsMore = /end of file|Expected "\*\/" to terminate/;

/** Takes the types out of what was typed at the prompt. */
export function strip(typed: string): Stripped {
  const text = typed.trim();
  // `{ a: 1 }` at a prompt is an object, not a block with a label.
  const looksLikeObject = text.startsWith("{") && !text.endsWith(";");
  if (looksLikeObject) {
    const asObject = transform(`(${text}\n)`);
    if (asObject.kind === "code") return asObject;
  }
  return transform(text);
}

function transform(text: string): Stripped {
  try {
    const { code } = transformSync(text, {
      loader: "ts",
      // A module, for only there may `await` stand at the top.
      format: "esm",
      // `-1` alone is what somebody wants to see, not code to be left out.
      treeShaking: false,
      target: "esnext",
      logLevel: "silent",
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    return { kind: "code", code };
  } catch (error) {
    const [first] = (error as { errors?: { text: string }[] }).errors ?? [];
    if (first === undefined) throw error;
    // A template may go over lines; esbuild calls it a string as well.
    const inTemplate =
      first.text === "Unterminated string literal" &&
      text.split("`").length % 2 === 0;
    if (inTemplate || wantsMore.test(first.text)) {
      return { kind: "incomplete" };
    }
    return { kind: "mistake", message: first.text };
  }
}
