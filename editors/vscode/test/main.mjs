// Runs every suite against one VS Code after another, and says how many checks passed.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { startCodeServer } from "./harness/code_server.mjs";
import { check, finish } from "./harness/report.mjs";
import { launchBrowser, newContext } from "./harness/workbench.mjs";
import { CASES } from "./harness/workspace.mjs";
import { testCase } from "./suites/app.mjs";
import { testContracts } from "./suites/contracts.mjs";
import { SUITES } from "./suites/extension.mjs";
import { testInHost } from "./suites/in_host.mjs";
import { testRestrictedMode } from "./suites/restricted_mode.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const OUT = path.join(HERE, "out");
const PICTURES = path.join(OUT, "pictures");
const VSIX = path.join(OUT, "farewell.vsix");
const ONLY = (process.env.FAREWELL_TEST_ONLY ?? "").split(",").filter((name) => name !== "");

const wanted = (name) => ONLY.length === 0 || ONLY.some((start) => name.startsWith(start));

/** Runs a part against a VS Code of its own, where any suite of it is wanted. */
async function against(name, options, suites) {
  const chosen = suites.filter(([suite]) => wanted(suite));
  if (chosen.length === 0) return;
  const server = await startCodeServer({ ...options, log: path.join(OUT, `${name}.log`) });
  const context = await newContext(browser);
  try {
    for (const [suite, run] of chosen) {
      // What a suite did not expect fails that suite, and the others still run.
      await run(context, server).catch((error) => check(false, `${suite}: ${error.stack ?? error}`));
    }
  } finally {
    await context.close();
    await server.stop();
  }
}

if (wanted("contracts")) testContracts(path.dirname(HERE));

const browser = await launchBrowser();
try {
  await against("installed", { vsix: VSIX }, [
    ...CASES.map((subject) => [subject.app, (context, { url }) => testCase(context, url, subject, PICTURES)]),
    ...SUITES.map(([name, run]) => [name, (context, server) => run(context, server, PICTURES)]),
  ]);
  await against("restricted", { vsix: VSIX, trust: true, settings: { "security.workspace.trust.startupPrompt": "never" } }, [
    ["restricted", (context, { url }) => testRestrictedMode(context, url, PICTURES)],
  ]);
  await against("inhost", { runsTests: true }, [["inhost", (context, { url }) => testInHost(context, url, path.dirname(HERE), PICTURES)]]);
} finally {
  await browser.close();
}
process.exit(finish());
