import { transform } from "esbuild";

/**
 * Rewrites an answer so that each of its bodies tells when it is called and
 * when it is run. A generator that nobody runs leaves no other trace: the call
 * looks right, does nothing, and throws nothing.
 *
 * It works on what esbuild prints, where each function begins on a line of its
 * own and nothing is left of the types. Lines stay where they are, for the map.
 *
 * @throws BuildFailure if the text is not TypeScript.
 */
export async function markBodies(text: string, file: string): Promise<string> {
  const { code } = await transform(text, {
    loader: "ts",
    target: "node20",
    sourcefile: file,
    sourcemap: "inline",
    // esbuild's own checks come once more when the check is bundled.
    logLevel: "silent",
  });
  return code.replace(GENERATOR, (head, begin, name, parameters, end) =>
    // A rest parameter has to stay the last one.
    parameters.includes("...")
      ? head
      : `${begin}${parameters}${parameters ? ", " : ""}$call = bodyCalled(${JSON.stringify(name)})${end} bodyRun($call);`,
  );
}

/** `function* name(a, b) {` or, in an object, `*name(a, b) {`. */
const GENERATOR = /^(.*?(?:\bfunction\*|^\s*\*) ?([\w$]*)\()(.*)(\) \{)$/gm;
