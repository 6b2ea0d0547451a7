// What the extension repeats of the server has to be what the server says.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { check } from "../harness/report.mjs";

const SEVERITIES = ["error", "warning", "information", "hint", "off"];

export function testContracts(extension) {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(extension, name), "utf8"));
  const manifest = read("package.json");
  const [{ fileMatch, url }] = manifest.contributes.tomlValidation;
  const schema = read(url);
  const printed = execFileSync(path.join(extension, "server/farewell"), ["rules"], { encoding: "utf8" });
  const rules = printed.trim().split("\n").map((line) => /^(\S+)\s+(\S+)\s+(.+)$/.exec(line).slice(1));
  const names = rules.map(([name]) => name);

  const settings = manifest.contributes.configuration.properties;
  const severities = settings["farewell.severity"].properties;
  check(same(Object.keys(severities), names), "contracts: the setting knows every rule, in the server's order");
  const describes = ([name, severity, summary]) =>
    severities[name].markdownDescription === `${summary} \`${severity}\` by default.` && same(severities[name].enum, SEVERITIES);
  check(rules.every(describes), "contracts: and describes each as the server does");

  const written = schema.properties.rules.properties;
  check(same(Object.keys(written), names), "contracts: so does the schema of farewell.toml");
  check(fileMatch === "farewell.toml", "contracts: which is attached to that file");
  const defaults = ([name, severity, summary]) => written[name].default === severity && written[name].description.startsWith(summary);
  check(rules.every(defaults), "contracts: with the same defaults and words");

  const undescribed = Object.entries(settings).filter(([, { description, markdownDescription }]) => !description && !markdownDescription);
  check(undescribed.length === 0, "contracts: every setting is described");
  const packed = fs.statSync(path.join(extension, "server/farewell")).mode & 0o777;
  check(packed === 0o755, "contracts: the server that is packed can be run");
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
