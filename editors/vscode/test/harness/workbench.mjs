// A page with VS Code's workbench in it, and what a person does there.

import fs from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

import { PATIENCE_MS } from "./report.mjs";

const SWITCHES = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** What is left around the places of an image, in pixels: less than a line of code. */
const ROOM = 3;

/** How often a page is loaded until its workspace has its folders. */
export const ATTEMPTS = 4;

export function launchBrowser() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: SWITCHES });
}

/** Where pages of one VS Code are opened: they share what was loaded. Each has a workspace of its own, and so a state. */
export function newContext(browser) {
  return browser.newContext({ viewport: { width: 1280, height: 800 } });
}

/** The workbench of a code-server, with a folder or a `.code-workspace` open and maybe a file at a place. */
export async function openWorkbench(context, url, { folder, workspace, file, line = 1, column = 1, pictures }) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const remote = (name) => `vscode-remote://${new URL(url).host}${name}`;
  const payload = file === undefined ? [] : [["openFile", remote(`${file}:${line}:${column}`)], ["gotoLineMode", "true"]];
  const query = new URLSearchParams(folder === undefined ? { workspace } : { folder });
  query.set("payload", JSON.stringify(payload));
  for (let attempt = 1; ; attempt++) {
    await page.goto(`${url}/?${query}`);
    await page.locator(".statusbar").waitFor();
    if (folder !== undefined || (await hasFolders(page)) || attempt === ATTEMPTS) return new Workbench(page, pictures);
  }
}

/** From where to where some boxes reach. */
function bounds(boxes, start, extent) {
  return [Math.min(...boxes.map((box) => box[start])), Math.max(...boxes.map((box) => box[start] + box[extent]))];
}

/** A busy VS Code may read a `.code-workspace` before its connection stands, and show none of its folders. */
function hasFolders(page) {
  const rows = page.locator(".explorer-folders-view .monaco-list-row");
  return rows.first().waitFor({ timeout: 20_000 }).then(() => true, () => false);
}

class Workbench {
  constructor(page, pictures) {
    this.page = page;
    this.pictures = pictures;
    this.editor = page.locator(".editor-instance .monaco-editor").first();
    this.cursor = this.editor.locator(".cursors-layer .cursor").first();
    this.squiggles = this.editor.locator(".squiggly-error, .squiggly-warning");
    this.lenses = this.editor.locator(".codelens-decoration");
    this.toasts = page.locator(".notification-toast");
    this.status = page.locator(".statusbar-item", { hasText: "Farewell" });
    this.rows = page.locator(".pane-body .monaco-list-row");
  }

  async picture(name, options = {}) {
    fs.mkdirSync(this.pictures, { recursive: true });
    // What has just come up is still fading in.
    await this.page.waitForTimeout(300);
    await this.page.screenshot({ path: path.join(this.pictures, `${name}.png`), ...options });
  }

  /**
   * Keeps a picture of some places of the page, as large as they are together, for the READMEs: FAREWELL_IMAGES names
   * the folder (else it is with the others). `across` is a place whose whole width is shown.
   */
  async image(name, places, across) {
    const all = (await Promise.all(places.map((place) => place.all()))).flat();
    const shown = (await Promise.all(all.map((place) => place.boundingBox()))).filter((box) => box !== null);
    const [left, right] = across === undefined ? bounds(shown, "x", "width") : bounds([await across.first().boundingBox()], "x", "width");
    const [top, bottom] = bounds(shown, "y", "height");
    const clip = { x: left, y: Math.max(0, top - ROOM), width: right - left, height: bottom - top + 2 * ROOM };
    await this.page.mouse.move(0, 0);
    await this.picture(`image-${name}`, { clip });
    const folder = process.env.FAREWELL_IMAGES;
    if (folder) fs.copyFileSync(path.join(this.pictures, `image-${name}.png`), path.join(folder, `${name}.png`));
  }

  /** Runs a command by its title, from the palette; one that `asks` goes on in it. */
  async command(title, { asks = false } = {}) {
    await this.page.keyboard.press("F1");
    const palette = this.page.locator(".quick-input-widget");
    await palette.locator("input").first().fill(`>${title}`);
    // Until the list is filtered, the command that was run last has the focus.
    await palette.locator(".monaco-list-row.focused", { hasText: title }).first().waitFor();
    await this.page.keyboard.press("Enter");
    if (!asks) await palette.waitFor({ state: "hidden" });
  }

  /** Puts the cursor to a line and column, from 1. */
  async goTo(line, column) {
    await this.page.keyboard.press("Control+g");
    const box = this.page.locator(".quick-input-widget input").first();
    await box.waitFor();
    await box.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** The text of the hover at the cursor, which is shown until Escape. */
  hover(holds) {
    const shown = this.page.locator(".monaco-hover:not(.hidden)", { hasText: holds }).first();
    return this.shownBy(["Control+k", "Control+i"], shown);
  }

  /** Takes the hover away. */
  async away() {
    await this.page.keyboard.press("Escape");
    await this.page.locator(".monaco-hover:not(.hidden)").first().waitFor({ state: "hidden" });
  }

  /** The menu of fixes at the cursor. */
  fixMenu(holds) {
    return this.shownBy(["Control+."], this.page.locator(".action-widget", { hasText: holds }).first());
  }

  /** Presses keys until they show something: the editor says nothing of what it asks for and does not have yet. */
  async shownBy(keys, shown) {
    for (let attempt = 1; ; attempt++) {
      for (const key of keys) await this.page.keyboard.press(key);
      try {
        await shown.waitFor({ timeout: 10_000 });
        return shown;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  close() {
    return this.page.close();
  }
}
