// The rules' pages, as the program prints them: its pages are those of the version that runs.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";

import type { ServerControl } from "./client";

const run = promisify(execFile);
const SCHEME = "farewell-rule";
/** A rule's name is part of a document's address, which anything may open. */
const RULE = /^[a-z]+(-[a-z]+)*$/;

interface Rule {
  readonly name: string;
  readonly severity: string;
  readonly summary: string;
}

export class RulePages implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly server: ServerControl) {}

  dispose(): void {
    this.provider.dispose();
  }

  /** Shows a rule's page; asks which, where none is named: those of the cursor's line stand first. */
  async open(name?: string): Promise<void> {
    const rule = name ?? (await this.choose());
    if (rule === undefined) {
      return;
    }
    const address = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    await vscode.commands.executeCommand("markdown.showPreview", address);
  }

  async provideTextDocumentContent(address: vscode.Uri): Promise<string> {
    const rule = address.path.replace(/^\//, "").replace(/\.md$/, "");
    if (!RULE.test(rule)) {
      return "There is no such rule.\n";
    }
    return this.print("explain", rule);
  }

  private async choose(): Promise<string | undefined> {
    const here = rulesAtCursor();
    const rules = parsed(await this.print("rules"));
    const sorted = [...rules.filter((rule) => here.has(rule.name)), ...rules.filter((rule) => !here.has(rule.name))];
    const items = sorted.map((rule) => ({ label: rule.name, description: rule.severity, detail: rule.summary }));
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: "Which rule's page?", matchOnDetail: true });
    return chosen?.label;
  }

  private async print(...args: string[]): Promise<string> {
    const program = this.server.program;
    if (program === undefined) {
      throw new Error("The rules' pages come from the Farewell server, and none was found.");
    }
    const command = program.shell ? `"${program.command}"` : program.command;
    return (await run(command, args, { shell: program.shell })).stdout;
  }
}

function rulesAtCursor(): Set<string> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return new Set();
  }
  const line = editor.selection.active.line;
  const found = vscode.languages.getDiagnostics(editor.document.uri).filter((diagnostic) => {
    return diagnostic.source === "farewell" && diagnostic.range.start.line <= line && line <= diagnostic.range.end.line;
  });
  return new Set(found.map((diagnostic) => codeOf(diagnostic)));
}

function codeOf(diagnostic: vscode.Diagnostic): string {
  const code = diagnostic.code;
  return String(typeof code === "object" ? code.value : code);
}

/** A line of `farewell rules`: name, severity, summary, in columns. */
function parsed(printed: string): Rule[] {
  const lines = printed.split("\n").map((line) => /^(\S+)\s+(\S+)\s+(.+)$/.exec(line));
  return lines.flatMap((parts) => {
    const [, name, severity, summary] = parts ?? [];
    return name && severity && summary ? [{ name, severity, summary }] : [];
  });
}
