// Runs `test/inhost/index.cjs` inside the extension host, as VS Code's own repository runs its tests in a browser:
// the workbench reads the extension and its tests from the address, and calls back when they end.

import path from "node:path";

import { check } from "../harness/report.mjs";
import { ATTEMPTS } from "../harness/workbench.mjs";
import { copyApps } from "../harness/workspace.mjs";

const LIMIT_MS = 600_000;

export async function testInHost(context, url, extension, pictures) {
  const copies = copyApps("web-shop", "rn-bank");
  const workspace = copies.write(
    "two.code-workspace",
    JSON.stringify({ folders: [{ path: "web-shop" }, { path: "rn-bank" }], settings: {} }),
  );
  const remote = (name) => `vscode-remote://${new URL(url).host}${name}`;
  const payload = JSON.stringify([
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(path.join(extension, "test/inhost/index.cjs"))],
    ["enableProposedApi", ""],
    ["skipWelcome", "true"],
  ]);
  const address = `${url}/?workspace=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(payload)}`;
  const page = await context.newPage();
  const said = [];
  let end, code;
  await page.exposeFunction("codeAutomationLog", (_type, args) => {
    // The workbench's own log comes here, too.
    const test = /^(ok|NOT OK) - (.*)$/s.exec(String(args[0]));
    if (test) said.push([test[1] === "ok", `in host: ${test[2]}`]);
  });
  await page.exposeFunction("codeAutomationExit", (code) => end(code));
  try {
    for (let attempt = 1; attempt <= ATTEMPTS && said.length === 0; attempt++) {
      const ended = new Promise((resolve, reject) => {
        end = resolve;
        setTimeout(() => reject(new Error("the tests did not end")), LIMIT_MS).unref();
      });
      await page.goto(address);
      code = await ended;
    }
    check(code === 0 && said.length > 0, "in host: the tests came to their end");
  } catch (error) {
    await page.screenshot({ path: path.join(pictures, "inhost-failure.png") }).catch(() => undefined);
    throw error;
  } finally {
    for (const [ok, what] of said) check(ok, what);
    await page.close();
    copies.remove();
  }
}
