#!/usr/bin/env bash
# Puts a real VS Code (code-server: its own workbench and extension host, served to a browser) into a folder, from npm
# packages alone:   install_vscode.sh FOLDER VERSION NODE     then: FOLDER/code-server --version
# NODE is a folder of the Node.js that this version wants, with its headers. npm's scripts are off; the few native
# modules are compiled afterwards (30 seconds; a C++ compiler, make and python3 are needed), without which VS Code
# writes no logs.
set -euo pipefail
dest=$(cd "$1" && pwd) version=$2 node=$3
export PATH=$node/bin:$PATH
export npm_config_audit=false npm_config_fund=false npm_config_loglevel=silent npm_config_update_notifier=false
cd "$dest"
echo '{"name":"vscode-for-tests","private":true}' >package.json
npm install --ignore-scripts --save-exact "code-server@$version" >&2
server=$dest/node_modules/code-server code=$dest/node_modules/code-server/lib/vscode
(cd "$code" && npm install --omit=dev --ignore-scripts >&2)
(cd "$code/extensions" && npm install --omit=dev --ignore-scripts >&2)

# What the package's postinstall.sh would do besides.
[ -e "$code/node_modules.asar" ] || ln -sfn node_modules "$code/node_modules.asar"
(cd "$code/bin/remote-cli" && ln -sfn code-linux.sh code-server)
(cd "$code/bin/helpers" && ln -sfn browser-linux.sh browser.sh)
# node-pty's script runs npx.
export npm_config_nodedir=$node npm_config_yes=true
modules=()
for module in @vscode/spdlog @vscode/native-watchdog native-watchdog; do
  [ ! -d "$code/node_modules/$module" ] || modules+=("$module")
done
[ -d "$code/node_modules/node-pty/prebuilds/linux-x64" ] || modules+=(node-pty)
(cd "$code" && npm rebuild "${modules[@]}" >/dev/null)
[ -d node_modules/argon2/prebuilds ] || npm rebuild argon2 >/dev/null
rm -rf "$code"/node_modules/{@vscode/spdlog,@vscode/native-watchdog,native-watchdog,node-pty}/build/Release/{obj.target,.deps}

# Not needed for language tests: AI, and other systems' binaries (350 MB).
rm -rf "$code"/extensions/{copilot,mermaid-markdown-features} "$code"/node_modules/@github/copilot-sdk-linux* \
  "$code"/node_modules/@microsoft/mxc-sdk "$code"/node_modules/@vscode/windows-* \
  "$code"/node_modules/@vscode/ripgrep-universal/bin/{darwin-*,win32-*,linux-arm*,linux-ia32,linux-ppc64,linux-riscv64,linux-s390x} \
  "$code"/node_modules/node-pty/{prebuilds/darwin-*,prebuilds/win32-*,third_party}
printf '#!/bin/sh\nexec "%s" "%s/out/node/entry.js" "$@"\n' "$node/bin/node" "$server" >"$dest/code-server"
chmod +x "$dest/code-server"
"$dest/code-server" --config /dev/null --version >/dev/null
