// The commands of the palette, the menu and the code lens.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";

import type { ServerControl } from "./client";
import type { LogoutMap } from "./map";
import type { RulePages } from "./pages";

export function registerCommands(
  context: vscode.ExtensionContext,
  server: ServerControl,
  map: LogoutMap,
  pages: RulePages,
  output: vscode.LogOutputChannel,
): vscode.Disposable[] {
  const commands: Record<string, (...args: never[]) => unknown> = {
    "farewell.showMenu": showMenu,
    "farewell.restartServer": () => server.restart(),
    "farewell.showOutput": () => {
      output.show();
    },
    "farewell.showMap": () => vscode.commands.executeCommand("farewell.map.focus"),
    "farewell.refreshMap": () => {
      map.refresh();
    },
    "farewell.openMapAsDocument": () => map.openAsDocument(),
    "farewell.openRule": (rule?: unknown) => pages.open(typeof rule === "string" ? rule : undefined),
    "farewell.copyDebugInformation": () => copyDebugInformation(context, server),
    "farewell.openSettings": () => vscode.commands.executeCommand("workbench.action.openSettings", "farewell."),
    "farewell.showWays": (address: string, position: Position, places: Location[]) =>
      showWays(server, address, position, places),
  };
  return Object.entries(commands).map(([name, command]) => vscode.commands.registerCommand(name, command));
}

async function showMenu(): Promise<void> {
  const items = [
    { label: "$(list-tree) Show the logout map", command: "farewell.showMap" },
    { label: "$(open-preview) Open the logout map as a document", command: "farewell.openMapAsDocument" },
    { label: "$(book) Open a rule's page", command: "farewell.openRule" },
    { label: "$(debug-restart) Restart the server", command: "farewell.restartServer" },
    { label: "$(output) Show the output", command: "farewell.showOutput" },
    { label: "$(settings-gear) Open the settings", command: "farewell.openSettings" },
    { label: "$(copy) Copy debug information", command: "farewell.copyDebugInformation" },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: "Farewell" });
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command);
  }
}

/** A code lens speaks in the protocol's types; the editor's own view of places takes the editor's. */
async function showWays(server: ServerControl, address: string, position: Position, places: Location[]): Promise<void> {
  const converter = server.converter;
  if (converter === undefined) {
    return;
  }
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    converter.asUri(address),
    converter.asPosition(position),
    places.map((place) => converter.asLocation(place)),
  );
}

async function copyDebugInformation(context: vscode.ExtensionContext, server: ServerControl): Promise<void> {
  const extension = String((context.extension.packageJSON as { version: unknown }).version);
  const program = server.program;
  const state = server.state;
  const own = [
    `extension: ${extension} in VS Code ${vscode.version}${vscode.env.remoteName ? ` (${vscode.env.remoteName})` : ""}`,
    `system: ${process.platform} ${process.arch}`,
    `trusted: ${vscode.workspace.isTrusted ? "yes" : "no"}`,
    `program: ${program === undefined ? "none" : `${program.version} of ${program.origin}`}`,
    `state: ${state.kind}${state.kind === "stopped" ? ` (${state.reason})` : ""}`,
  ];
  const theirs = await server.ask<string>("farewell.copyDebugInfo");
  await vscode.env.clipboard.writeText([...own, "", theirs ?? "The server does not answer."].join("\n"));
  void vscode.window.showInformationMessage("Farewell's debug information is in the clipboard.");
}
