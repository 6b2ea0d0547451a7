// What a person sees of a finding, from its squiggle to the file on the disk that is mended.

import fs from "node:fs";
import path from "node:path";

import { check, until } from "../harness/report.mjs";
import { openWorkbench } from "../harness/workbench.mjs";
import { copyApps, expected } from "../harness/workspace.mjs";

/** The files whose findings stand in the READMEs: one with a long path, one with several fixes. */
const SHOWN = "use-idle-timeout.ts";
const SHOWN_WITH_CHOICE = "http.ts";

export async function testCase(context, url, subject, pictures) {
  const { app, file, line, column, rule, call } = subject;
  const name = path.basename(file);
  const is = (ok, what) => check(ok, `${app}/${name}: ${what}`);
  const copies = copyApps(app);
  const target = copies.path(app, file);
  const workbench = await openWorkbench(context, url, { folder: copies.path(app), file: target, line, column, pictures });
  const { page, squiggles, lenses } = workbench;
  try {
    await squiggles.first().waitFor();
    is((await squiggles.count()) > 0, "the finding has its squiggle");
    await lenses.filter({ hasText: subject.lens }).first().waitFor();
    is(true, `the code lens says “${subject.lens}”`);

    await workbench.goTo(line, column);
    const told = await workbench.hover(rule);
    const words = (await told.innerText()).replaceAll("\u00a0", " ");
    for (const step of [subject.says, ...subject.path]) {
      is(words.includes(step), `the hover over the finding says “${step}”`);
    }
    await workbench.picture(`${name}-finding`);
    if (name === SHOWN) await workbench.image("finding", [told, squiggles.first()], workbench.editor);
    await workbench.away();

    const menu = await workbench.fixMenu(subject.fix);
    const first = (await menu.locator(".monaco-list-row.action").first().innerText()).trim();
    is(first.includes(subject.fix), `the first fix is “${first}”`);
    await workbench.picture(`${name}-fixes`);
    if (name === SHOWN_WITH_CHOICE) await workbench.image("fixes", [menu, lenses.first(), squiggles.first()], workbench.editor);
    await page.keyboard.press("Enter");
    await squiggles.first().waitFor({ state: "hidden" });
    is((await squiggles.count()) === 0, "the squiggle is gone after the fix");
    await lenses.filter({ hasText: subject.lens }).first().waitFor({ state: "hidden" });
    await lenses.filter({ hasText: "✓ released" }).first().waitFor();
    is(true, "the code lens says that the identity is released");
    await page.keyboard.press("Control+s");
    const right = expected(subject);
    await until("the file saved", () => fs.readFileSync(target, "utf8") === right).catch(() => undefined);
    is(fs.readFileSync(target, "utf8") === right, "the saved file is, to the byte, what it should be");

    // Over the call that was written: this file's platform comes first.
    await workbench.goTo(...placeOf(right, call));
    const hover = await workbench.hover("Fullstory · releases the identity");
    const heading = /Fullstory · releases the identity · .*/.exec((await hover.innerText()).replaceAll("\u00a0", " "))?.[0] ?? "";
    is(heading.includes(`identity · ${subject.platform}`), `the hover speaks of ${subject.platform} first: “${heading}”`);
    await workbench.picture(`${name}-hover`);
    if (name === SHOWN) await workbench.image("hover", [hover, workbench.cursor], workbench.editor);
  } catch (error) {
    is(false, String(error.message ?? error).split("\n").slice(0, 3).join(" | "));
    await workbench.picture(`${name}-failure`).catch(() => undefined);
  } finally {
    await workbench.close();
    copies.remove();
  }
}

/** The line and the column, from 1, of a text's first letter. */
function placeOf(text, words) {
  const before = text.slice(0, text.indexOf(words) + words.search(/\w/)).split("\n");
  return [before.length, before.at(-1).length + 1];
}
