// The user's settings: which there are, and what the server is told of them.

import * as vscode from "vscode";

const SECTION = "farewell";

/** The settings that say which program is run: the server cannot take these over, it has to be started again. */
export interface ProgramSettings {
  /** The program's path as the user wrote it; empty where it is to be found. */
  readonly path: string;
  readonly extraArguments: readonly string[];
}

export function programSettings(): ProgramSettings {
  const settings = vscode.workspace.getConfiguration(`${SECTION}.server`);
  return {
    path: settings.get<string>("path", "").trim(),
    extraArguments: settings.get<string[]>("extraArguments", []),
  };
}

/** Whether a change is one of the settings that say which program is run. */
export function concernsProgram(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${SECTION}.server`);
}

/** The settings in the server's own words, as they hold for a file or folder. */
export function serverSettings(scope?: vscode.Uri): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration(SECTION, scope);
  return {
    codeLens: settings.get<boolean>("codeLens", true),
    inlayHints: settings.get<boolean>("inlayHints", false),
    run: settings.get<string>("run", "onType"),
    severity: settings.get<Record<string, string>>("severity", {}),
    lensCommand: "farewell.showWays",
    logLevel: "info",
    statusNotification: true,
  };
}
