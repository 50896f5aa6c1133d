// The extension: starts `kexplain server` for YAML and JSON, and stops it again. All else is the server's work.

import { commands, ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

async function start(): Promise<void> {
  const [command, ...args] = workspace.getConfiguration("kexplain").get<string[]>("command", []);
  if (!command) {
    void window.showErrorMessage("kexplain: the setting kexplain.command is empty.");
    return;
  }
  const server: ServerOptions = { command, args };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "yaml" },
      { scheme: "file", language: "json" },
    ],
    synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.{yaml,yml,json}") },
  };
  client = new LanguageClient("kexplain", "kexplain", server, options);
  try {
    await client.start();
  } catch (error) {
    void window.showErrorMessage(
      `kexplain: the language server did not start (${error}). Install it with: pip install 'kexplain[server]'`,
    );
  }
}

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("kexplain.restart", async () => {
      await client?.stop();
      await start();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
