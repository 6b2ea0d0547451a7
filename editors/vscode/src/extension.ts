// What the extension consists of, and how its parts hang together.

import * as vscode from "vscode";

import { ServerControl } from "./client";
import { registerCommands } from "./commands";
import { LogoutMap } from "./map";
import { RulePages } from "./pages";
import { concernsProgram } from "./settings";
import { StatusItem } from "./status";

let control: ServerControl | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("Farewell", { log: true });
  const server = new ServerControl(context, output);
  const map = new LogoutMap(server);
  const pages = new RulePages(server);
  control = server;
  context.subscriptions.push(
    output,
    server,
    map,
    pages,
    new StatusItem(server),
    ...registerCommands(context, server, map, pages, output),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (concernsProgram(event)) {
        void server.restart();
      }
    }),
    // What a workspace says about the program counts from now on.
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server.restart()),
  );
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await control?.stop();
}
