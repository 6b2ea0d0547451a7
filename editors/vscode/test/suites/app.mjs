// What a person sees of a finding, from its squiggle to the file on the disk that is mended.

import fs from "node:fs";

import { check, until } from "../harness/report.mjs";
import { openWorkbench } from "../harness/workbench.mjs";
import { copyApps, expected } from "../harness/workspace.mjs";

export async function testApp(context, url, subject, pictures) {
  const { app, file, finding, rule } = subject;
  const is = (ok, what) => check(ok, `${app}: ${what}`);
  const copies = copyApps(app);
  const target = copies.path(app, file);
  const [line, column] = finding;
  const workbench = await openWorkbench(context, url, { folder: copies.path(app), file: target, line, column, pictures });
  const { page, editor, squiggles, lenses } = workbench;
  try {
    await squiggles.first().waitFor();
    is((await squiggles.count()) > 0, "the finding has its squiggle");
    const kept = lenses.filter({ hasText: /keeps? the identity/ }).first();
    await kept.waitFor();
    is(true, `the code lens says “${await kept.innerText()}”`);

    await workbench.goTo(line, column);
    const told = await workbench.hover(rule);
    const words = (await told.innerText()).replaceAll("\u00a0", " ");
    for (const step of subject.path) {
      is(words.includes(step), `the hover over the finding has the step “${step}”`);
    }
    await workbench.picture(`${app}-finding`);
    await page.keyboard.press("Escape");

    await workbench.goTo(...subject.hover);
    const hover = await workbench.hover(subject.platform);
    const text = await hover.innerText();
    is(firstPlatform(text) === subject.platform, `the hover speaks of ${subject.platform} first (${firstPlatform(text)})`);
    await workbench.picture(`${app}-hover`);
    await page.keyboard.press("Escape");

    await workbench.goTo(line, column);
    const menu = await workbench.fixMenu(subject.fix);
    const first = (await menu.locator(".monaco-list-row.action").first().innerText()).trim();
    is(first.includes(subject.fix), `the first fix is “${first}”`);
    await workbench.picture(`${app}-fixes`);
    await page.keyboard.press("Enter");
    await squiggles.first().waitFor({ state: "hidden" });
    is((await squiggles.count()) === 0, "the squiggle is gone after the fix");
    const mended = lenses.filter({ hasText: subject.mended ?? /released on/ }).first();
    await mended.waitFor();
    is(true, `the code lens says “${await mended.innerText()}”`);
    await page.keyboard.press("Control+s");
    const right = expected(app, file);
    await until("the file saved", () => fs.readFileSync(target).equals(right), 5_000).catch(() => undefined);
    is(fs.readFileSync(target).equals(right), "the saved file is, to the byte, what it should be");
    is(await editor.isVisible(), "the editor is still open");
  } catch (error) {
    is(false, String(error.message ?? error).split("\n").slice(0, 3).join(" | "));
    await workbench.picture(`${app}-failure`).catch(() => undefined);
  } finally {
    await workbench.close();
    copies.remove();
  }
}

const PLATFORMS = ["React Native", "Flutter", "Android", "iOS", "Web"];

function firstPlatform(text) {
  const places = PLATFORMS.map((name) => ({ name, at: text.search(new RegExp(`\\b${name}\\b`)) }));
  const found = places.filter(({ at }) => at >= 0).sort((one, other) => one.at - other.at);
  return found[0]?.name;
}
