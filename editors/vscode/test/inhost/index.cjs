// Runs inside the extension host of a real VS Code, in a workspace of two folders. What `run` says by `ok - ` and
// `NOT OK - ` is counted by whoever started it.

const assert = require("node:assert");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const CASES = JSON.parse(fs.readFileSync(path.join(__dirname, "../../../tests/cases.json"), "utf8"));

exports.run = async () => {
  // Without its folders the workspace is loaded anew, by whoever started this.
  await until("the folders of the workspace", () => vscode.workspace.workspaceFolders?.length === 2, 20_000);
  for (const [name, test] of Object.entries(TESTS)) {
    try {
      await test();
      console.log(`ok - ${name}`);
    } catch (error) {
      console.log(`NOT OK - ${name}: ${String(error.stack).slice(0, 900)}`);
    }
  }
};

const TESTS = {
  "a finding has its rule, its path and its page": async () => {
    const { uri, finding } = await opened("web-shop", "src/hooks/use-idle-timeout.ts");
    assert.equal(finding.source, "farewell");
    assert.equal(finding.code.value, "anonymize-after-redirect");
    assert.match(finding.code.target.toString(), /anonymize_after_redirect\.md$/);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.deepEqual([finding.range.start.line, finding.range.start.character], [16, 4]);
    const steps = finding.relatedInformation;
    assert.equal(steps.length, 4);
    assert.match(steps[0].message, /^The session time-out/);
    assert.match(steps[3].message, /^leaves the page here/);
    assert.ok(steps.every((step) => step.location.uri.toString() === uri.toString()));
  },

  "both folders of the workspace are served": async () => {
    const { finding } = await opened("rn-bank", "src/session/expiry.ts");
    assert.equal(finding.code.value, "anonymize-after-redirect");
  },

  "files that are not open are judged, too": async () => {
    const closed = fileIn("rn-bank", "src/session/remoteLock.ts");
    await until("a finding in a closed file", () => findings(closed)[0]);
  },

  "the hover speaks of this file's platform first": async () => {
    const { uri } = await opened("rn-bank", "src/session/expiry.ts");
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", uri, new vscode.Position(18, 14));
    const text = hovers.flatMap((hover) => hover.contents).map((content) => content.value).join("\n");
    assert.match(text, /React Native/);
    const web = text.search(/\bWeb\b/);
    assert.ok(web === -1 || text.indexOf("React Native") < web, text);
  },

  "the code lens runs a command that shows the ways": async () => {
    const { uri } = await opened("web-shop", "src/hooks/use-idle-timeout.ts");
    const lens = await until("a code lens", async () => {
      const lenses = await vscode.commands.executeCommand("vscode.executeCodeLensProvider", uri, 10);
      return lenses.find((candidate) => candidate.command?.command === "farewell.showWays");
    });
    assert.match(lens.command.title, /identity/);
    await vscode.commands.executeCommand(lens.command.command, ...lens.command.arguments);
  },

  "the preferred fix makes the file what it should be": async () => {
    const subject = CASES.find(({ file }) => file === "src/services/http.ts");
    const { uri, document, finding } = await opened(subject.app, subject.file);
    const before = document.getText();
    const actions = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, finding.range, "quickfix", 20);
    const preferred = actions.filter((action) => action.isPreferred);
    assert.equal(preferred.length, 1);
    assert.ok(await vscode.workspace.applyEdit(preferred[0].edit));
    await until("the finding gone", () => findings(uri).every((found) => found.code.value !== "missing-anonymize"));
    const right = subject.edits.reduce((text, [old, written]) => text.replace(old, () => written), before);
    assert.equal(document.getText(), right);
    // A busy editor may put off what it is asked to save.
    await until("the file saved", async () => {
      await document.save();
      return fs.readFileSync(uri.fsPath, "utf8") === right;
    });
  },

  "a setting changes what is reported, at once": async () => {
    const { uri } = await opened("web-shop", "src/hooks/use-idle-timeout.ts");
    const settings = vscode.workspace.getConfiguration("farewell");
    await settings.update("severity", { "anonymize-after-redirect": "off" }, vscode.ConfigurationTarget.Workspace);
    await until("the rule silent", () => findings(uri).length === 0);
    await settings.update("severity", { "anonymize-after-redirect": "hint" }, vscode.ConfigurationTarget.Workspace);
    await until("the rule a hint", () => findings(uri)[0]?.severity === vscode.DiagnosticSeverity.Hint);
    await settings.update("severity", undefined, vscode.ConfigurationTarget.Workspace);
    await until("the rule as it was", () => findings(uri)[0]?.severity === vscode.DiagnosticSeverity.Error);
  },

  "inlay hints come with their setting": async () => {
    const { uri, document } = await opened("web-shop", "src/components/header.tsx", false);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = () => vscode.commands.executeCommand("vscode.executeInlayHintProvider", uri, whole);
    const settings = vscode.workspace.getConfiguration("farewell");
    await settings.update("inlayHints", true, vscode.ConfigurationTarget.Workspace);
    await until("a hint", async () => (await hints()).some((hint) => /identity/.test(String(hint.label))));
    await settings.update("inlayHints", undefined, vscode.ConfigurationTarget.Workspace);
    await until("no hint", async () => !(await hints()).some((hint) => /identity/.test(String(hint.label))));
  },

  "a rule's page is what the server prints": async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("farewell-rule:/missing-anonymize.md"));
    assert.match(page.getText(), /^# missing-anonymize\n/);
    const none = await vscode.workspace.openTextDocument(vscode.Uri.parse("farewell-rule:/--help.md"));
    assert.match(none.getText(), /There is no such rule/);
  },

  "the schema of farewell.toml comes along": async () => {
    const extension = vscode.extensions.getExtension("farewell.farewell");
    const [{ fileMatch, url }] = extension.packageJSON.contributes.tomlValidation;
    assert.equal(fileMatch, "farewell.toml");
    const schema = JSON.parse(fs.readFileSync(path.join(extension.extensionPath, url), "utf8"));
    assert.equal(schema.additionalProperties, false);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(folder("web-shop", "farewell.toml")).with({ scheme: "untitled" }));
    assert.equal(document.languageId, "toml");
  },

  "debug information is copied": async () => {
    await vscode.commands.executeCommand("farewell.copyDebugInformation");
    const text = await until("a text in the clipboard", () => vscode.env.clipboard.readText());
    assert.match(text, /program: \d+\.\d+\.\d+ of the extension/);
    assert.match(text, /\n\n[^]*root/);
  },

  "the server is started again when it was killed": async () => {
    const { uri, document } = await opened("web-shop", "src/hooks/use-idle-timeout.ts");
    const before = serverProcesses();
    assert.equal(before.length, 1);
    process.kill(before[0], "SIGKILL");
    const [after] = await until("another server", () => {
      const running = serverProcesses();
      return running.length === 1 && running[0] !== before[0] && running;
    });
    assert.notEqual(after, before[0]);
    // It knows what is in the editor: an edit takes the finding away, and brings it back.
    const [away, back] = [new vscode.WorkspaceEdit(), new vscode.WorkspaceEdit()];
    const line = document.lineAt(16).rangeIncludingLineBreak;
    away.delete(uri, line);
    back.insert(uri, line.start, document.getText(line));
    assert.ok(await vscode.workspace.applyEdit(away));
    await until("another finding", () => findings(uri).every((found) => found.code.value !== "anonymize-after-redirect"));
    assert.ok(await vscode.workspace.applyEdit(back));
    await until("the finding again", () => findings(uri)[0]?.code.value === "anonymize-after-redirect");
  },

  "a server that ends again and again is left alone until it is asked for": async () => {
    const { uri } = await opened("web-shop", "src/hooks/use-idle-timeout.ts");
    await vscode.commands.executeCommand("farewell.restartServer");
    const debugInformation = async () => {
      await vscode.commands.executeCommand("farewell.copyDebugInformation");
      return vscode.env.clipboard.readText();
    };
    for (let ending = 1; ending <= 5; ending++) {
      await until("a finding", () => findings(uri)[0]);
      const [running] = serverProcesses();
      process.kill(running, "SIGKILL");
      await until("its end", () => !serverProcesses().includes(running));
      if (ending < 5) await until("another server", () => serverProcesses().length === 1);
      await until("the editor knows", async () => /state: (running|stopped)/.test(await debugInformation()));
    }
    const stopped = await until("the state", async () => /state: stopped.*/.exec(await debugInformation())?.[0]);
    assert.match(stopped, /ended 5 times/);
    assert.equal(serverProcesses().length, 0);
    assert.equal(findings(uri).length, 0);
    await vscode.commands.executeCommand("farewell.restartServer");
    await until("the finding again", () => findings(uri)[0]);
  },

  "restarts that come together end with one server": async () => {
    const { uri } = await opened("web-shop", "src/hooks/use-idle-timeout.ts");
    const before = serverProcesses();
    const restart = () => vscode.commands.executeCommand("farewell.restartServer");
    await Promise.all([restart(), restart(), restart()]);
    await until("the finding", () => findings(uri).length === 1);
    const after = await until("one server", () => serverProcesses().length === 1 && serverProcesses());
    assert.notDeepEqual(after, before);
  },

  "the server of the project goes before the one that comes along": async () => {
    const bundled = path.join(__dirname, "../../server/farewell");
    const witness = folder("web-shop", "started");
    const own = folder("web-shop", "node_modules/.bin/farewell");
    fs.mkdirSync(path.dirname(own), { recursive: true });
    fs.writeFileSync(own, `#!/bin/sh\necho "$@" >> '${witness}'\nexec '${bundled}' "$@"\n`, { mode: 0o755 });
    await vscode.commands.executeCommand("farewell.restartServer");
    assert.equal(fs.readFileSync(witness, "utf8"), "--version\nlsp\n");
    fs.rmSync(path.dirname(own), { recursive: true });
    fs.rmSync(witness);
    await vscode.commands.executeCommand("farewell.restartServer");
    assert.ok(!fs.existsSync(witness));
  },
};

function folder(name, file) {
  const found = vscode.workspace.workspaceFolders.find((candidate) => path.basename(candidate.uri.fsPath) === name);
  return path.join(found.uri.fsPath, file);
}

function fileIn(name, file) {
  return vscode.Uri.file(folder(name, file));
}

function findings(uri) {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === "farewell");
}

/** Opens a file of an app; waits for its finding, where it has one. */
async function opened(app, file, hasFinding = true) {
  const uri = fileIn(app, file);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const finding = hasFinding ? await until(`a finding in ${file}`, () => findings(uri)[0]) : undefined;
  return { uri, document, finding };
}

/** The servers that this extension host started. */
function serverProcesses() {
  const listed = execFileSync("/bin/ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  return listed
    .split("\n")
    .filter((line) => / lsp$/.test(line))
    .map((line) => Number.parseInt(line, 10));
}

async function until(what, f, milliseconds = 90_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await f();
    if (value) return value;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
