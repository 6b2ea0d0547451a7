// A workspace that is not trusted: it is served, and nothing of it is run.

import fs from "node:fs";

import { check, until } from "../harness/report.mjs";
import { openWorkbench } from "../harness/workbench.mjs";
import { copyApps } from "../harness/workspace.mjs";

export async function testRestrictedMode(context, url, pictures) {
  const copies = copyApps("web-shop");
  const witness = copies.path("was-run");
  const script = `#!/bin/sh\necho "$0" >> '${witness}'\n`;
  copies.write("web-shop/node_modules/.bin/farewell", script, 0o755);
  const named = copies.write("web-shop/tools/farewell", script, 0o755);
  copies.write("web-shop/.vscode/settings.json", JSON.stringify({ "farewell.server.path": named }));
  const file = copies.path("web-shop", "src/services/http.ts");
  const workbench = await openWorkbench(context, url, { folder: copies.path("web-shop"), file, pictures });
  const { page } = workbench;
  try {
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    await workbench.squiggles.first().waitFor();
    check(true, "restricted mode: findings are shown");
    check(!fs.existsSync(witness), "restricted mode: no program of the workspace was run");
    await workbench.picture("restricted-mode");

    await workbench.command("Workspaces: Manage Workspace Trust");
    await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click();
    // Whether the editor tells of the trust or of the setting first is up to it.
    await until("the program of the setting", () => fs.existsSync(witness) && fs.readFileSync(witness, "utf8").includes(named));
    check(true, "restricted mode: with trust, the workspace's setting counts");
    await workbench.toasts.filter({ hasText: "This is not the Farewell server" }).first().waitFor();
    check(true, "restricted mode: and what it names is looked at");
  } catch (error) {
    await workbench.picture("restricted-mode-failure").catch(() => undefined);
    throw error;
  } finally {
    await workbench.close();
    copies.remove();
  }
}
