// The status bar item: whether the server works, and how many logout flows there are.

import * as vscode from "vscode";

import type { ServerControl, ServerState, ServerStatus } from "./client";

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("farewell.status", vscode.StatusBarAlignment.Right, 10);
  private readonly listener: vscode.Disposable;

  constructor(server: ServerControl) {
    this.item.name = "Farewell";
    this.item.command = "farewell.showMenu";
    this.show(server.state);
    this.listener = server.onDidChange((state) => {
      this.show(state);
    });
    this.item.show();
  }

  dispose(): void {
    this.listener.dispose();
    this.item.dispose();
  }

  private show(state: ServerState): void {
    this.item.text = text(state);
    this.item.tooltip = tooltip(state);
    this.item.accessibilityInformation = { label: `Farewell: ${this.item.tooltip}` };
    this.item.backgroundColor = background(state);
  }
}

function text(state: ServerState): string {
  if (state.kind === "starting") {
    return "$(loading~spin) Farewell";
  }
  if (state.kind === "stopped") {
    return "$(error) Farewell";
  }
  const status = state.status;
  const sign = status === undefined || status.health === "ok" ? "$(pass)" : `$(${status.health})`;
  return status?.flows === undefined ? `${sign} Farewell` : `${sign} Farewell: ${counted(status.flows, "flow")}`;
}

function tooltip(state: ServerState): string {
  if (state.kind === "starting") {
    return "The server is starting.";
  }
  if (state.kind === "stopped") {
    return state.reason;
  }
  return state.status === undefined ? "The code is being read." : described(state.status);
}

/** What the server said of itself, a line each. */
export function described(status: ServerStatus): string {
  const flows = status.flows === undefined ? [] : [`${counted(status.flows, "logout flow")} in ${counted(status.projects, "project")}`];
  const problems = status.message === undefined ? [] : [status.message];
  const scan = `${counted(status.filesScanned, "file")} read in ${status.scanMs} ms`;
  return [...problems, ...flows, scan, `Server ${status.version}`].join("\n");
}

function background(state: ServerState): vscode.ThemeColor | undefined {
  const health = state.kind === "running" ? state.status?.health : state.kind === "stopped" ? "error" : undefined;
  if (health === undefined || health === "ok") {
    return undefined;
  }
  return new vscode.ThemeColor(`statusBarItem.${health}Background`);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
