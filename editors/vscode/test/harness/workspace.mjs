// Copies of the small apps, which the tests may change.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const APPS = path.resolve(HERE, "../../../../tests/apps");
const TABLE = path.resolve(HERE, "../../../tests/cases.json");

/** One finding or more of each app, as all the editors' tests have them; lines and columns from 1. */
export const CASES = JSON.parse(fs.readFileSync(TABLE, "utf8"));

/** A folder with copies of apps in it; `remove` it afterwards. */
export function copyApps(...names) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "farewell-apps-"));
  for (const name of names) {
    fs.cpSync(path.join(APPS, name), path.join(root, name), { recursive: true });
  }
  return {
    root,
    path: (...parts) => path.join(root, ...parts),
    write(name, text, mode = 0o644) {
      const file = path.join(root, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text, { mode });
      return file;
    },
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}

/** The text that a case's fix has to leave: each edit's first text is in it once. */
export function expected({ app, file, edits }) {
  let text = fs.readFileSync(path.join(APPS, app, file), "utf8");
  for (const [before, after] of edits) {
    if (text.split(before).length !== 2) throw new Error(`${file} has not once: ${before}`);
    text = text.replace(before, () => after);
  }
  return text;
}
