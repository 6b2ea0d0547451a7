// Copies of the small apps, which the tests may change.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const APPS = path.resolve(HERE, "../../../../tests/apps");
const EXPECTED = path.resolve(HERE, "../expected");

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

/** The bytes of an app's file after its fix. */
export function expected(app, file) {
  return fs.readFileSync(path.join(EXPECTED, app, file));
}
