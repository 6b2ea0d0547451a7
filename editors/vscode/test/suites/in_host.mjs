// Runs `test/inhost/index.cjs` inside the extension host, as VS Code's own repository runs its tests in a browser:
// the workbench reads the extension and its tests from the address, and calls back when they end.

import path from "node:path";

import { check } from "../harness/report.mjs";
import { copyApps } from "../harness/workspace.mjs";

const LIMIT_MS = 300_000;

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
  const page = await context.newPage();
  try {
    await page.exposeFunction("codeAutomationLog", (_type, args) => {
      // The workbench's own log comes here, too.
      const said = /^(ok|NOT OK) - (.*)$/s.exec(String(args[0]));
      if (said) check(said[1] === "ok", `in host: ${said[2]}`);
    });
    const ended = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the tests did not end")), LIMIT_MS);
      void page.exposeFunction("codeAutomationExit", (code) => {
        clearTimeout(timer);
        resolve(code);
      });
    });
    await page.goto(`${url}/?workspace=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(payload)}`);
    check((await ended) === 0, "in host: the tests came to their end");
  } catch (error) {
    await page.screenshot({ path: path.join(pictures, "inhost-failure.png") }).catch(() => undefined);
    throw error;
  } finally {
    await page.close();
    copies.remove();
  }
}
