// A VS Code of its own for a suite: its settings, its extensions, its workspace; served on a free port.

import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

import { until } from "./report.mjs";

const PROGRAM = process.env.CODE_SERVER;
const SETTINGS = {
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "workbench.reduceMotion": "on",
  "git.enabled": false,
  // The apps' packages are not installed, of which TypeScript's own server would tell.
  "typescript.validate.enable": false,
  "javascript.validate.enable": false,
  "json.validate.enable": false,
  "editor.minimap.enabled": false,
  "editor.wordBasedSuggestions": "off",
  "files.hotExit": "off",
  "window.restoreWindows": "none",
  "farewell.trace.server": "messages",
};
/** What a machine does not have on which nobody builds anything in Rust. */
const FOREIGN = /^(cargo|rust|farewell)/;

/**
 * Starts one.
 * `vsix`: the package to install; without it there is no extension but those that are under development.
 * `trust`: whether a workspace has to be trusted first. `settings`: the user's, beside those above.
 * `runsTests`: whether it is one for tests inside the extension host; such a one shows no notifications.
 */
export async function startCodeServer({ vsix, trust = false, settings = {}, runsTests = false, log }) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "farewell-vscode-"));
  const folder = (name) => {
    const made = path.join(root, name);
    fs.mkdirSync(made, { recursive: true });
    return made;
  };
  // And no marketplace is asked for anything.
  const environment = { ...process.env, PATH: cleanPath(folder("bin")), EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  const port = await freePort();
  const data = folder("data");
  fs.writeFileSync(path.join(folder("data/User"), "settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  const config = path.join(root, "config.yaml");
  fs.writeFileSync(
    config,
    `bind-addr: 127.0.0.1:${port}\nauth: none\ncert: false\ndisable-telemetry: true\ndisable-update-check: true\n`,
  );
  const common = ["--config", config, "--user-data-dir", data, "--extensions-dir", folder("extensions")];
  if (vsix !== undefined) {
    const installed = spawnSync(PROGRAM, [...common, "--install-extension", vsix], { env: environment, encoding: "utf8" });
    if (installed.status !== 0) throw new Error(`the package was not installed: ${installed.stdout}${installed.stderr}`);
  }
  const options = [
    // Else the extension host and the server outlive the page by three hours.
    ...["--reconnection-grace-time", "1"],
    // Only then does a built workbench run the tests that it is told of.
    ...(runsTests ? ["--vscode-option", "enable-smoke-test-driver"] : []),
    "--disable-getting-started-override",
    ...(trust ? [] : ["--disable-workspace-trust"]),
  ];
  const out = fs.openSync(log, "w");
  const child = spawn(PROGRAM, [...common, ...options], { env: environment, stdio: ["ignore", out, out] });
  const url = `http://127.0.0.1:${port}`;
  await until("the code-server", async () => {
    return fetch(`${url}/healthz`).then((answer) => answer.ok, () => false);
  });
  return {
    url,
    extensions: path.join(root, "extensions"),
    async stop() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await gone;
      fs.cpSync(path.join(data, "logs"), `${log}.d`, { recursive: true, force: true });
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A folder with the system's programs in it but the Rust toolchain and any farewell. */
function cleanPath(bin) {
  for (const name of fs.readdirSync("/usr/bin")) {
    if (!FOREIGN.test(name)) fs.symlinkSync(path.join("/usr/bin", name), path.join(bin, name));
  }
  return bin;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
