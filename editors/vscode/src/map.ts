// The logout map: the tree in the side bar, and the same as a document.

import * as vscode from "vscode";

import { fileOf, KIND_HEADINGS, startOf, withEditorsLinks, VERDICTS, type Audit, type Flow, type Place, type WayOut } from "./audit";
import type { ServerControl } from "./client";

const SCHEME = "farewell-map";
const DOCUMENT = vscode.Uri.from({ scheme: SCHEME, path: "/Logout map.md" });
/** How long edits have to pause before the map is asked for again, in milliseconds. */
const PAUSE_MS = 400;

type Row =
  | { readonly kind: "group"; readonly name: string; readonly flows: readonly Flow[] }
  | { readonly kind: "missing"; readonly names: readonly string[] }
  | { readonly kind: "missing-kind"; readonly name: string }
  | { readonly kind: "flow"; readonly flow: Flow }
  | { readonly kind: "way"; readonly way: WayOut };

export class LogoutMap implements vscode.Disposable, vscode.TreeDataProvider<Row>, vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly documentChanged = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.documentChanged.event;
  private readonly disposables: vscode.Disposable[];
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly server: ServerControl) {
    this.disposables = [
      vscode.window.createTreeView("farewell.map", { treeDataProvider: this, showCollapseAll: true }),
      this.changed,
      this.documentChanged,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      server.onDidChange(() => {
        this.refreshSoon();
      }),
      // What was found changes whenever what becomes of an identity does.
      vscode.languages.onDidChangeDiagnostics(() => {
        this.refreshSoon();
      }),
      vscode.workspace.onDidSaveTextDocument(() => {
        this.refreshSoon();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.pause);
    vscode.Disposable.from(...this.disposables).dispose();
  }

  refresh(): void {
    this.changed.fire(undefined);
    this.documentChanged.fire(DOCUMENT);
  }

  async openAsDocument(): Promise<void> {
    await vscode.commands.executeCommand("markdown.showPreview", DOCUMENT);
  }

  async provideTextDocumentContent(): Promise<string> {
    const map = await this.server.ask<string>("farewell.showAudit", "markdown");
    return map === undefined ? "The Farewell server does not run.\n" : withEditorsLinks(map);
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row === undefined) {
      return this.groups();
    }
    switch (row.kind) {
      case "group":
        return row.flows.map((flow) => ({ kind: "flow", flow }));
      case "missing":
        return row.names.map((name) => ({ kind: "missing-kind", name }));
      case "flow":
        return row.flow.ways_out.map((way) => ({ kind: "way", way }));
      default:
        return [];
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    switch (row.kind) {
      case "group":
        return groupItem(row.name, row.flows);
      case "missing":
        return missingItem(row.names.length);
      case "missing-kind":
        return new vscode.TreeItem(heading(row.name));
      case "flow":
        return flowItem(row.flow);
      case "way":
        return wayItem(row.way);
    }
  }

  private async groups(): Promise<Row[]> {
    const audit = await this.server.ask<Audit>("farewell.showAudit", "json");
    // Of an empty workspace the view's own welcome tells.
    if (audit === undefined || audit.flows.length === 0) {
      return [];
    }
    const kinds = [...new Set(audit.flows.map((flow) => flow.kind))];
    const groups = kinds.map<Row>((name) => {
      return { kind: "group", name, flows: audit.flows.filter((flow) => flow.kind === name) };
    });
    const missing: Row[] = audit.missing_kinds.length === 0 ? [] : [{ kind: "missing", names: audit.missing_kinds }];
    return [...groups, ...missing];
  }

  private refreshSoon(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.refresh();
    }, PAUSE_MS);
  }
}

function groupItem(name: string, flows: readonly Flow[]): vscode.TreeItem {
  const item = new vscode.TreeItem(heading(name), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group ${name}`;
  item.description = String(flows.length);
  return item;
}

function missingItem(count: number): vscode.TreeItem {
  const item = new vscode.TreeItem("Not found", vscode.TreeItemCollapsibleState.Expanded);
  item.id = "missing";
  item.description = `${count} ${count === 1 ? "kind" : "kinds"}`;
  item.tooltip = "Kinds of ways out of which none was found in this workspace.";
  return item;
}

function flowItem(flow: Flow): vscode.TreeItem {
  const folded = flow.ways_out.length === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(flow.title, folded);
  const accepted = flow.ways_out.length > 0 && flow.ways_out.every((way) => way.accepted != null || isFine(way));
  const verdict = flow.verdict == null ? undefined : VERDICTS[flow.verdict];
  const words = verdict === undefined ? "no way out was found" : `${verdict.words}${accepted && verdict.icon === "error" ? " (accepted)" : ""}`;
  item.description = `${words} · ${shortName(flow.path)}`;
  item.iconPath = icon(verdict === undefined ? undefined : accepted && verdict.icon === "error" ? ACCEPTED : verdict);
  item.tooltip = [flow.title, words, flow.trigger ?? "", `${flow.platform}, ${flow.path}:${flow.range.start.line}`]
    .filter((line) => line !== "")
    .join("\n");
  item.accessibilityInformation = { label: `${flow.title}, ${words}` };
  goTo(item, flow);
  return item;
}

function wayItem(way: WayOut): vscode.TreeItem {
  const item = new vscode.TreeItem(way.code === "" ? "the flow ends" : way.code);
  const verdict = VERDICTS[way.verdict];
  const accepted = way.accepted != null;
  item.description = accepted ? `${verdict.words} (accepted)` : verdict.words;
  item.iconPath = icon(accepted ? ACCEPTED : verdict);
  const place = `${way.path}:${way.range.start.line}`;
  const through = way.calls.map((call) => call.title).join(" → ");
  const lines = [way.code, verdict.words, way.accepted ?? "", through === "" ? "" : `through ${through}`, place];
  item.tooltip = lines.filter((line) => line !== "").join("\n");
  goTo(item, way);
  return item;
}

const ACCEPTED = { icon: "circle-slash", color: undefined };

function isFine(way: WayOut): boolean {
  return VERDICTS[way.verdict].icon === "pass";
}

function icon(of: { icon: string; color: string | undefined } | undefined): vscode.ThemeIcon {
  if (of === undefined) {
    return new vscode.ThemeIcon("circle-outline");
  }
  return new vscode.ThemeIcon(of.icon, of.color === undefined ? undefined : new vscode.ThemeColor(of.color));
}

function goTo(item: vscode.TreeItem, place: Place): void {
  const file = fileOf(place);
  if (file === undefined) {
    return;
  }
  const start = startOf(place);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(start, start) };
  item.command = { command: "vscode.open", title: "Go to the code", arguments: [file, options] };
}

function heading(kind: string): string {
  return KIND_HEADINGS.get(kind) ?? kind;
}

function shortName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
