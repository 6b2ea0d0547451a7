#!/usr/bin/env node
// Packs the packages for npm, in the version of the workspace:
//   npm/pack.mjs OUT                    the wrapper, which depends on a package for each platform
//   npm/pack.mjs OUT PLATFORM BINARY    the package of one platform of platforms.json, with its built `farewell`
// OUT is a folder that exists. Prints the path of the package. Needs npm.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const root = join(here, "..");
const [out, name, binary] = process.argv.slice(2);
const platforms = JSON.parse(readFileSync(join(here, "platforms.json"), "utf8"));
const platform = platforms.find((it) => it.name === name);
if (!out || (name && !(platform && binary))) {
  console.error(`usage: npm/pack.mjs OUT [${platforms.map((it) => it.name).join("|")} BINARY]`);
  process.exit(2);
}

const { private: _, ...wrapper } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
const nameOf = (it) => `${wrapper.name}-${it.name}`;
const folder = mkdtempSync(join(tmpdir(), "farewell-npm-"));
const add = (from, as) => copyFileSync(from, join(folder, as));
try {
  const manifest = platform ? ofPlatform() : ofWrapper();
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2) + "\n");
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    add(join(root, licence), licence);
  }
  const options = { cwd: folder, encoding: "utf8", shell: process.platform === "win32" };
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(out)], options);
  console.log(join(resolve(out), packed.trim()));
} finally {
  rmSync(folder, { recursive: true });
}

function ofWrapper() {
  for (const file of [...wrapper.files, "README.md"]) {
    add(join(here, file), file);
  }
  const packages = Object.fromEntries(platforms.map((it) => [nameOf(it), version]));
  return { ...wrapper, version, optionalDependencies: packages };
}

function ofPlatform() {
  const file = platform.os.includes("win32") ? "farewell.exe" : "farewell";
  add(binary, file);
  chmodSync(join(folder, file), 0o755);
  const { bin: _bin, files: _files, engines: _engines, keywords: _keywords, ...shared } = wrapper;
  const { os, cpu } = platform;
  const description = `Farewell's program for ${platform.name}; ${wrapper.name} installs it.`;
  writeFileSync(join(folder, "README.md"), `# ${nameOf(platform)}\n\n${description}\n`);
  // Nothing of it is packed away: a package manager that keeps packages in archives has to unpack this one.
  return { ...shared, name: nameOf(platform), version, description, os, cpu, preferUnplugged: true, files: [file] };
}
