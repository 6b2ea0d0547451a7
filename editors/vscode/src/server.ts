// Finding the program: the setting, the workspace's own, the one that comes along, the one on PATH.

import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";

import { programSettings } from "./settings";

const run = promisify(execFile);
const PROGRAM = process.platform === "win32" ? "farewell.exe" : "farewell";
/** npm writes another starter for Windows beside the one for shells. */
const PROJECT_PROGRAM = process.platform === "win32" ? "farewell.cmd" : "farewell";
const VERSION = /^farewell (\d+\.\d+\.\d+\S*)/;
const ANSWER_WITHIN_MS = 10_000;

/** A program that said it is Farewell. */
export interface ServerProgram {
  readonly command: string;
  readonly version: string;
  /** Where it was found, in words. */
  readonly origin: string;
  /** npm's starters for Windows are batch files, which run in a shell alone. */
  readonly shell: boolean;
}

/** Why there is no program to run, and what to do about it. */
export class NoServer extends Error {}

/**
 * The program to run.
 *
 * @throws NoServer where none is found, or the one that is set is not Farewell.
 */
export async function findServer(extension: vscode.Uri): Promise<ServerProgram> {
  const written = programSettings().path;
  if (written !== "") {
    return checked(expanded(written), "the setting farewell.server.path");
  }
  for (const candidate of projectPrograms()) {
    if (await isFile(candidate)) {
      return checked(candidate, "the workspace's node_modules");
    }
  }
  const bundled = vscode.Uri.joinPath(extension, "server", PROGRAM).fsPath;
  if (await isFile(bundled)) {
    return checked(bundled, "the extension");
  }
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const candidate = path.join(folder, PROGRAM);
    if (path.isAbsolute(folder) && (await isFile(candidate))) {
      return checked(candidate, "PATH");
    }
  }
  throw new NoServer(
    "No Farewell server was found. Install the extension's package for this platform, put the farewell program on PATH, " +
      "or name it in the setting farewell.server.path.",
  );
}

/** A program of the workspace may be anybody's: it is run in a trusted one alone. */
function projectPrograms(): string[] {
  if (!vscode.workspace.isTrusted) {
    return [];
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter((folder) => folder.uri.scheme === "file")
    .map((folder) => path.join(folder.uri.fsPath, "node_modules", ".bin", PROJECT_PROGRAM));
}

function expanded(written: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const whole = written.replaceAll("${workspaceFolder}", folder).replace(/^~(?=$|[/\\])/, homedir());
  return path.isAbsolute(whole) ? whole : path.resolve(folder, whole);
}

async function isFile(candidate: string): Promise<boolean> {
  try {
    return (await stat(candidate)).isFile();
  } catch {
    return false;
  }
}

/** Asks a program for its version: whatever else it is does not answer as Farewell does. */
async function checked(command: string, origin: string): Promise<ServerProgram> {
  const said = `${origin} names ${command}`;
  const remedy = "Mend or remove the setting, or install the program anew.";
  if (!(await isFile(command))) {
    throw new NoServer(`There is no Farewell server: ${said}, which is no file. ${remedy}`);
  }
  try {
    await access(command, constants.X_OK);
  } catch {
    throw new NoServer(`The Farewell server cannot be run: ${said}, which is not executable. Run chmod +x on it.`);
  }
  const shell = command.endsWith(".cmd");
  try {
    const { stdout } = await run(shell ? `"${command}"` : command, ["--version"], { timeout: ANSWER_WITHIN_MS, shell });
    const version = VERSION.exec(stdout)?.[1];
    if (version !== undefined) {
      return { command, version, origin, shell };
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new NoServer(`The Farewell server does not run: ${said} (${reason}). ${remedy}`);
  }
  throw new NoServer(`This is not the Farewell server: ${said}, which says no version of Farewell. ${remedy}`);
}
