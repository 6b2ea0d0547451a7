// The logout map as the server prints it (`farewell.showAudit` as JSON): the parts of it that are shown here.

import * as path from "node:path";
import * as vscode from "vscode";

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in Unicode scalar values. */
  readonly column: number;
}

export interface Place {
  /** Relative to the workspace's root, with forward slashes. */
  readonly path: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

export type Verdict =
  | "released"
  | "nobody-signed-in"
  | "covered"
  | "not-judged"
  | "uncertain"
  | "attempted"
  | "too-late"
  | "kept";

export interface WayOut extends Place {
  readonly leaves: "page" | "screen" | "end";
  readonly code: string;
  /** The calls through which the flow comes to it, the outermost first. */
  readonly calls: readonly { readonly title: string }[];
  readonly verdict: Verdict;
  readonly accepted?: string | null;
}

export interface Flow extends Place {
  readonly title: string;
  readonly kind: string;
  readonly platform: string;
  readonly trigger?: string | null;
  readonly verdict?: Verdict | null;
  readonly ways_out: readonly WayOut[];
}

export interface Audit {
  readonly flows: readonly Flow[];
  readonly missing_kinds: readonly string[];
}

/** The kinds of flows by their names in the map, as headings. */
export const KIND_HEADINGS: ReadonlyMap<string, string> = new Map([
  ["user-initiated", "Logout by the user"],
  ["session-timeout", "Session time-out"],
  ["token-expiry", "Expired token or refused request"],
  ["forced", "Forced logout"],
  ["account-deletion", "Account deletion"],
  ["switch", "Switch to another person"],
  ["context-switch", "Switch of organisation or server"],
]);

/** What becomes of the identity, in a word, with its sign and its colour. */
export const VERDICTS: Readonly<Record<Verdict, { words: string; icon: string; color: string | undefined }>> = {
  "released": { words: "released", icon: "pass", color: "testing.iconPassed" },
  "nobody-signed-in": { words: "nobody is signed in", icon: "pass", color: "testing.iconPassed" },
  "covered": { words: "released when the user is gone", icon: "pass", color: "testing.iconPassed" },
  "not-judged": { words: "not judged", icon: "circle-slash", color: undefined },
  "uncertain": { words: "cannot be told", icon: "question", color: "list.warningForeground" },
  "attempted": { words: "not released by its call", icon: "error", color: "testing.iconFailed" },
  "too-late": { words: "released too late", icon: "error", color: "testing.iconFailed" },
  "kept": { words: "kept", icon: "error", color: "testing.iconFailed" },
};

/** The file of a place: paths are relative to the folder that is open, or to the deepest that holds all of them. */
export function fileOf(place: Place): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first, ...others] = folders.map((folder) => folder.uri.fsPath);
  if (first === undefined) {
    return undefined;
  }
  const root = others.reduce(shared, first);
  return vscode.Uri.file(path.resolve(root, place.path));
}

/** The place's start. Lines of a file that was edited since may hold less: the editor clamps. */
export function startOf(place: Place): vscode.Position {
  const { line, column } = place.range.start;
  return new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
}

/**
 * The map's Markdown with links as the editor's preview follows them: `file:` ones it does not, those that begin with
 * a slash it takes as beginning in the first folder.
 */
export function withEditorsLinks(markdown: string): string {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (root === undefined) {
    return markdown;
  }
  return markdown.replaceAll(/\]\((file:[^)\s]+)\)/g, (_, address: string) => {
    const { fsPath, fragment } = vscode.Uri.parse(address);
    const inFolder = path.relative(root, fsPath).split(path.sep).map(encodeURIComponent).join("/");
    return `](/${inFolder}#${fragment})`;
  });
}

function shared(one: string, other: string): string {
  const parts = one.split(path.sep);
  const theirs = other.split(path.sep);
  const differs = parts.findIndex((part, index) => part !== theirs[index]);
  return parts.slice(0, differs === -1 ? parts.length : differs).join(path.sep) || path.sep;
}
