// Bundles the extension, gathers the licences of what the bundle holds, and takes in the schema of farewell.toml:
// `npm run build`.

import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const OUT = "dist";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: path.join(OUT, "extension.js"),
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const PACKAGE = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/;
const folders = new Set(Object.keys(metafile.inputs).flatMap((input) => PACKAGE.exec(input)?.[0] ?? []));
const notices = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
  if (file === undefined) throw new Error(`${name} comes without its licence`);
  return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}\n`;
});
const header = "The extension holds code of these packages.\n";
fs.copyFileSync("../../server/project/schema/farewell-toml-v1.json", path.join(OUT, "farewell-toml-v1.json"));
fs.writeFileSync(path.join(OUT, "THIRD-PARTY-NOTICES.txt"), [header, ...notices].join(`\n${"-".repeat(72)}\n\n`));
