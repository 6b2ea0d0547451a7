// The extension's own parts, as they are seen: map, status, menu, pages, messages.

import fs from "node:fs";

import { check, until } from "../harness/report.mjs";
import { openWorkbench } from "../harness/workbench.mjs";
import { copyApps } from "../harness/workspace.mjs";

const FILE = "src/hooks/use-idle-timeout.ts";

/** Name and test of each suite, in their order. */
export const SUITES = [
  ["map", testMap],
  ["multiroot", testSeveralFolders],
  ["status", testStatus],
  ["lens", testLens],
  ["walkthrough", testWalkthrough],
  ["path", testWrongPath],
];

/** Opens a workbench in copies of apps, and puts both away whatever comes. */
async function inWorkbench(context, { url }, pictures, name, apps, open, test) {
  const copies = copyApps(...apps);
  const workbench = await openWorkbench(context, url, { ...(await open(copies)), pictures });
  try {
    await test(workbench, copies);
  } catch (error) {
    await workbench.picture(`${name}-failure`).catch(() => undefined);
    throw error;
  } finally {
    await workbench.close();
    copies.remove();
  }
}

const webShop = (copies) => ({ folder: copies.path("web-shop"), file: copies.path("web-shop", FILE), line: 17, column: 5 });

function testMap(context, server, pictures) {
  return inWorkbench(context, server, pictures, "map", ["web-shop"], webShop, async (workbench) => {
    const { page, rows } = workbench;
    await workbench.squiggles.first().waitFor();
    await workbench.lenses.first().waitFor();
    await workbench.command("Farewell: Show Logout Map");
    await rows.filter({ hasText: "Session time-out" }).first().waitFor();
    for (const group of ["Logout by the user", "Session time-out", "Account deletion", "Switch to another person"]) {
      check((await rows.filter({ hasText: group }).count()) === 1, `map: has the group “${group}”`);
    }
    check((await rows.filter({ hasText: "Not found" }).count()) === 1, "map: names the kinds that were not found");
    const late = rows.filter({ hasText: "useEffect" });
    check(/released too late/.test(await late.innerText()), "map: says that the time-out releases too late");
    check(/released/.test(await rows.filter({ hasText: "signOutFromCompany" }).innerText()), "map: says what is released");
    await workbench.picture("map");
    await workbench.image("map", [page.locator(".part.sidebar .title"), rows], page.locator(".part.sidebar"));
    await rows.filter({ hasText: "deleteAccount" }).click();
    await page.locator(".tab.active", { hasText: "delete-account.tsx" }).waitFor();
    await page.locator("#status\\.editor\\.selection", { hasText: "Ln 9, Col 18" }).waitFor();
    check(true, "map: a click goes to the flow's code");
    await late.click();
    await page.locator(".tab.active", { hasText: "use-idle-timeout.ts" }).waitFor();
    const folded = late.locator(".monaco-tl-twistie.collapsed");
    if ((await folded.count()) > 0) await folded.click();
    await rows.filter({ hasText: "window.location.assign" }).first().waitFor();
    check(true, "map: a flow unfolds to its ways out");

    // An edit changes what the map says, before anything is saved.
    await workbench.editor.locator(".view-line", { hasText: "setIdentity" }).first().click();
    await workbench.goTo(17, 5);
    await workbench.fixMenu("Move");
    await page.keyboard.press("Enter");
    await until("the map after the fix", async () => !/too late/.test(await late.innerText()));
    check(/released/.test(await late.innerText()), "map: follows an edit");

    await workbench.command("Farewell: Open Logout Map as Document");
    const preview = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
    await preview.locator("table").first().waitFor();
    check((await preview.locator("body").innerText()).includes("deleteAccount"), "map: opens as a document");
    await workbench.picture("map-document");
    await preview.locator("a", { hasText: "src/pages/delete-account.tsx:9" }).first().click();
    await page.locator("#status\\.editor\\.selection", { hasText: /Ln 9\b/ }).waitFor();
    await page.locator(".tab.active", { hasText: "delete-account.tsx" }).waitFor();
    check(true, "map: a link of the document goes to the code");
  });
}

function testSeveralFolders(context, server, pictures) {
  const open = (copies) => {
    const folders = [{ path: "web-shop" }, { path: "rn-bank" }];
    return {
      workspace: copies.write("two.code-workspace", JSON.stringify({ folders })),
      file: copies.path("web-shop", FILE),
    };
  };
  return inWorkbench(context, server, pictures, "multiroot", ["web-shop", "rn-bank"], open, async (workbench) => {
    const { page, rows } = workbench;
    await workbench.squiggles.first().waitFor();
    await workbench.command("Farewell: Show Logout Map");
    const row = rows.filter({ hasText: "restartExpiry" });
    await row.first().waitFor();
    await row.first().click();
    await page.locator(".tab.active", { hasText: "expiry.ts" }).waitFor();
    await page.locator("#status\\.editor\\.selection", { hasText: "Ln 9, Col 17" }).waitFor();
    check(true, "several folders: the map leads into the second one");
  });
}

function testStatus(context, server, pictures) {
  return inWorkbench(context, server, pictures, "status", ["web-shop"], webShop, async (workbench) => {
    const { page, status } = workbench;
    await status.filter({ hasText: /Farewell: \d+ flows/ }).first().waitFor();
    check(true, `status: says “${(await status.first().innerText()).trim()}”`);
    check(runningPrograms().some((program) => program.startsWith(server.extensions)), "status: the server that came along runs");
    await status.first().click();
    const menu = page.locator(".quick-input-widget");
    await menu.locator(".monaco-list-row", { hasText: "Restart the server" }).waitFor();
    await until("the menu's lines", async () => (await menu.locator(".monaco-list-row").count()) === 7);
    check(true, "status: a click opens the menu");
    await workbench.picture("menu");
    await menu.locator("input").first().fill("rule");
    await page.keyboard.press("Enter");
    await menu.locator(".monaco-list-row", { hasText: "anonymize-after-redirect" }).waitFor();
    const first = await menu.locator(".monaco-list-row").first().innerText();
    check(first.includes("anonymize-after-redirect"), "status: the rule of the cursor's line stands first");
    await page.keyboard.press("Enter");
    const preview = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
    await preview.locator("h1", { hasText: "anonymize-after-redirect" }).waitFor();
    check(true, "status: the rule's page is shown");
    await workbench.picture("rule");
  });
}

/** The programs that run on this machine. */
function runningPrograms() {
  return fs.readdirSync("/proc").flatMap((process) => {
    try {
      return /^\d+$/.test(process) ? [fs.readlinkSync(`/proc/${process}/exe`)] : [];
    } catch {
      // It has ended, or is another user's.
      return [];
    }
  });
}

function testLens(context, server, pictures) {
  return inWorkbench(context, server, pictures, "lens", ["web-shop"], webShop, async (workbench) => {
    const lens = workbench.lenses.locator("a").first();
    await lens.waitFor();
    await lens.click();
    const peek = workbench.page.locator(".zone-widget .reference-zone-widget, .peekview-widget");
    await peek.first().waitFor();
    await peek.locator(".monaco-list-row").first().waitFor();
    check(true, "lens: a click shows the ways out");
    await workbench.picture("lens");
    await workbench.image("lens", [workbench.lenses.first(), peek.first()], workbench.editor);
  });
}

function testWalkthrough(context, server, pictures) {
  return inWorkbench(context, server, pictures, "walkthrough", ["web-shop"], webShop, async (workbench) => {
    const { page, rows } = workbench;
    await workbench.squiggles.first().waitFor();
    // In a narrow window a step is shown without its page.
    await page.setViewportSize({ width: 1700, height: 900 });
    await workbench.command("Welcome: Open Walkthrough...", { asks: true });
    const list = page.locator(".quick-input-widget");
    await list.locator("input").first().fill("farewell");
    await list.locator(".monaco-list-row.focused", { hasText: "Say farewell properly" }).waitFor();
    await page.keyboard.press("Enter");
    const steps = page.locator(".gettingStartedContainer .getting-started-step");
    await steps.first().waitFor();
    const titles = (await steps.locator(".step-title").allInnerTexts()).map((title) => title.trim());
    const wanted = ["See a finding, and fix it", "Look at the logout map", "Choose what is reported"];
    check(JSON.stringify(titles) === JSON.stringify(wanted), `walkthrough: has its steps (${titles.join(", ")})`);
    const words = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame").locator("body");
    await words.filter({ hasText: /\S/ }).waitFor();
    check(true, "walkthrough: a step has its page");
    await steps.nth(1).click();
    await workbench.picture("walkthrough");
    await steps.nth(1).locator(".monaco-button", { hasText: "Show the logout map" }).click();
    await rows.filter({ hasText: "Session time-out" }).first().waitFor();
    check(true, "walkthrough: its button shows the map");
  });
}

function testWrongPath(context, server, pictures) {
  const open = (copies) => {
    copies.write("web-shop/.vscode/settings.json", JSON.stringify({ "farewell.server.path": "/nowhere/farewell" }));
    return webShop(copies);
  };
  return inWorkbench(context, server, pictures, "path", ["web-shop"], open, async (workbench, copies) => {
    const { toasts, status } = workbench;
    const toast = toasts.filter({ hasText: "/nowhere/farewell, which is no file" });
    await toast.first().waitFor();
    check((await toast.locator("a", { hasText: "Open Settings" }).count()) === 1, "wrong path: a message says what to do");
    await until("the status item's error", async () => (await status.first().getAttribute("class")).includes("error-kind"));
    check(true, "wrong path: the status item shows an error");
    check((await workbench.squiggles.count()) === 0, "wrong path: nothing is reported");
    await workbench.picture("wrong-path");

    copies.write("web-shop/.vscode/settings.json", JSON.stringify({ "farewell.server.path": "/bin/true" }));
    await toasts.filter({ hasText: "This is not the Farewell server" }).first().waitFor();
    check(true, "wrong path: another program is not taken for the server");

    copies.write("web-shop/.vscode/settings.json", JSON.stringify({ "farewell.server.extraArguments": ["--nonsense"] }));
    await toasts.filter({ hasText: "The Farewell server could not be started" }).first().waitFor();
    check(true, "wrong path: arguments that the server does not take are told of");

    fs.rmSync(copies.path("web-shop", ".vscode/settings.json"));
    await workbench.squiggles.first().waitFor();
    check(true, "wrong path: the server is started when the setting is mended");
  });
}
