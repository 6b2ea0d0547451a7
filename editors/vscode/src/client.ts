// The server's life: one way to start it, whyever it is started. Owns the language client; what it says is shown
// by others, who listen here.

import { spawn, type ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type DocumentFilter,
  type ErrorHandler,
  type LanguageClientOptions,
} from "vscode-languageclient/node";

import { findServer, NoServer, type ServerProgram } from "./server";
import { programSettings, serverSettings } from "./settings";

/** The languages that the server reads, by VS Code's names, for documents that have no name of their own yet. */
const LANGUAGES = [
  ...["javascript", "javascriptreact", "typescript", "typescriptreact", "vue", "svelte", "astro", "html"],
  ...["swift", "objective-c", "objective-cpp", "kotlin", "java", "dart"],
];
const FILES = "**/*.{js,jsx,mjs,cjs,ts,mts,cts,tsx,vue,svelte,astro,html,htm,swift,m,mm,kt,java,dart}";
const ENDS_WITHIN_MS = 2_000;
const ENDED_EARLY = "it ended before it answered";
const ENDINGS_FORGIVEN = 4;
const FORGIVEN_WITHIN_MS = 3 * 60_000;

/** What the server says of itself (`farewell/status`). */
export interface ServerStatus {
  readonly health: "ok" | "warning" | "error";
  /** What is wrong, a line each. */
  readonly message?: string;
  readonly projects: number;
  readonly filesScanned: number;
  /** Left out until they were counted. */
  readonly flows?: number;
  readonly scanMs: number;
  readonly version: string;
}

/** How it stands with the server. */
export type ServerState =
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly status?: ServerStatus }
  | { readonly kind: "stopped"; readonly reason: string };

/** One that writes its troubles into the output: what can be done about them is said by `ServerControl` alone. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Starts, restarts and stops the server. */
export class ServerControl implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ServerState>();
  /** When the server's state or its own word of itself changed. */
  readonly onDidChange = this.changed.event;
  private client: LanguageClient | undefined;
  private process: ChildProcess | undefined;
  /** Whether the client has come to serve. */
  private hasStarted = false;
  private running: ServerProgram | undefined;
  private current: ServerState = { kind: "stopped", reason: "It was not started yet." };
  private queue: Promise<void> = Promise.resolve();
  private endings: number[] = [];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  get state(): ServerState {
    return this.current;
  }

  /** The program that runs, or ran last. */
  get program(): ServerProgram | undefined {
    return this.running;
  }

  /** Starts the server, after the one that runs was ended. Whoever asks meanwhile is served after that, in turn. */
  restart(): Promise<void> {
    this.endings = [];
    return this.inTurn(() => this.startAnew());
  }

  /** Ends the server. */
  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** What a command of the server returns; `undefined` where no server runs, or it ended meanwhile. */
  async ask<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
    await this.queue;
    if (this.client?.state !== State.Running) {
      return undefined;
    }
    try {
      return await this.client.sendRequest<T>("workspace/executeCommand", { command, arguments: args });
    } catch (error) {
      this.output.warn(`${command} was not answered: ${String(error)}`);
      return undefined;
    }
  }

  /** Places of the server in the editor's types. */
  get converter(): LanguageClient["protocol2CodeConverter"] | undefined {
    return this.client?.protocol2CodeConverter;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.queue.then(work);
    this.queue = turn.catch((error: unknown) => {
      this.output.error(String(error));
    });
    return this.queue;
  }

  private async startAnew(): Promise<void> {
    await this.end();
    this.tell({ kind: "starting" });
    try {
      const program = await findServer(this.context.extensionUri);
      this.running = program;
      this.output.info(`farewell ${program.version} of ${program.origin}: ${program.command}`);
      let endedEarly: (reason: Error) => void = () => undefined;
      const ended = new Promise<never>((_, reject) => (endedEarly = reject));
      const client = this.clientFor(program, () => {
        endedEarly(new Error(ENDED_EARLY));
      });
      this.client = client;
      // The client alone may wait for ever for a program that ended before it was listened to, and counts a start as
      // done, too, when the program ended before it answered.
      await Promise.race([client.start(), ended]);
      if (client.state !== State.Running) {
        throw new Error(ENDED_EARLY);
      }
      this.hasStarted = true;
      if (this.current.kind === "starting") {
        this.tell({ kind: "running" });
      }
    } catch (error) {
      await this.end();
      const reason = error instanceof Error ? error.message : String(error);
      this.fail(error instanceof NoServer ? reason : `The Farewell server could not be started: ${reason}. The output says more.`);
    }
  }

  private clientFor(program: ServerProgram, hasEnded: () => void): LanguageClient {
    const server = () => {
      const started = start(program);
      started.once("error", hasEnded);
      started.once("exit", hasEnded);
      this.process = started;
      return Promise.resolve(started);
    };
    const isServing = () => this.client === client && this.hasStarted;
    const client: LanguageClient = new QuietClient("farewell", "Farewell", server, this.clientOptions(isServing));
    client.onNotification("farewell/status", (status: ServerStatus) => {
      if (this.client === client) {
        this.tell({ kind: "running", status });
      }
    });
    client.onDidChangeState(({ newState }) => {
      if (this.client === client && newState === State.Starting) {
        this.tell({ kind: "starting" });
      }
    });
    return client;
  }

  private clientOptions(isServing: () => boolean): LanguageClientOptions {
    const unnamed: DocumentFilter[] = LANGUAGES.map((language) => ({ scheme: "untitled", language }));
    return {
      documentSelector: [{ scheme: "file", pattern: FILES }, ...unnamed],
      initializationOptions: serverSettings(),
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      errorHandler: this.errorHandler(isServing),
      middleware: {
        workspace: {
          configuration: (params) => params.items.map((item) => serverSettings(asUri(item.scopeUri))),
          didChangeConfiguration: async () => {
            await this.client?.sendNotification("workspace/didChangeConfiguration", { settings: serverSettings() });
          },
        },
      },
    };
  }

  private errorHandler(isServing: () => boolean): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        // Of one that never came to serve, or is being ended, whoever starts it tells.
        if (!isServing()) {
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        const now = Date.now();
        this.endings = [...this.endings.filter((ending) => now - ending < FORGIVEN_WITHIN_MS), now];
        if (this.endings.length > ENDINGS_FORGIVEN) {
          this.fail(`The Farewell server ended ${this.endings.length} times in a short while, and is not started again by itself.`);
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        this.output.warn("The server ended by itself: it is started again.");
        void this.inTurn(() => this.startAnew());
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private async end(): Promise<void> {
    const { client, process } = this;
    this.hasStarted = false;
    this.client = undefined;
    this.process = undefined;
    if (client === undefined) {
      return;
    }
    try {
      await client.dispose();
    } catch {
      // One that never ran, or is gone already, has nothing left to end.
    }
    // It ends when it is told to; one that does not is ended.
    setTimeout(() => process?.kill(), ENDS_WITHIN_MS).unref();
  }

  private tell(state: ServerState): void {
    this.current = state;
    void vscode.commands.executeCommand("setContext", "farewell.state", state.kind);
    this.changed.fire(state);
  }

  private fail(reason: string): void {
    this.output.error(reason);
    this.tell({ kind: "stopped", reason });
    const [settings, output, again] = ["Open Settings", "Show Output", "Restart"];
    void vscode.window.showErrorMessage(reason, settings, output, again).then((chosen) => {
      const commands = new Map([
        [settings, "farewell.openSettings"],
        [output, "farewell.showOutput"],
        [again, "farewell.restartServer"],
      ]);
      const command = commands.get(chosen ?? "");
      return command === undefined ? undefined : vscode.commands.executeCommand(command);
    });
  }
}

/** Runs a program as a language server, in the workspace's first folder. */
function start(program: ServerProgram): ChildProcess {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const command = program.shell ? `"${program.command}"` : program.command;
  return spawn(command, ["lsp", ...programSettings().extraArguments], {
    cwd: folder?.scheme === "file" ? folder.fsPath : undefined,
    shell: program.shell,
  });
}

function asUri(address: string | undefined): vscode.Uri | undefined {
  return address === undefined ? undefined : vscode.Uri.parse(address);
}
