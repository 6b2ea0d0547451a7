#!/usr/bin/env bash
# Packages of Debian for the tests in editors:   . editors/tests/debian.sh
# Those of this machine's Debian are installed where they are missing; those of another Debian are unpacked into a
# folder, with all that they depend on and their signatures checked, and change nothing else on the machine.

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Installs those of the named packages that this machine does not have.
install_packages() {
  local package missing=()
  for package in "$@"; do
    [ "$(dpkg-query -Wf '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  as_root apt-get -qq -o Acquire::Retries=3 update || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
    --no-install-recommends install "${missing[@]}" >/dev/null
}

# The same, where a program is missing: it may have come otherwise.
install_program() {
  command -v "$1" >/dev/null || install_packages "$2"
}

# unpack_debian SUITE FOLDER PACKAGE...: programs of FOLDER then run by that Debian's own loader and libraries,
# once `run_unpacked` wrote them in. The mirror is the one that this machine uses. FOLDER cannot be moved.
unpack_debian() {
  local suite=$1 dest=$2 apt mirror package
  shift 2
  install_program patchelf patchelf || return 1
  mirror=$(mirror_of_debian)
  [ -n "$mirror" ] || return 1
  apt=$dest/.apt
  # With an empty status file the whole closure is taken, and nothing of this machine is touched.
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
  APT_CONFIG=$apt/apt.conf apt-get -qq update || return 1
  APT_CONFIG=$apt/apt.conf apt-get -qq -y --download-only install "$@" >/dev/null || return 1
  for package in "$apt"/archives/*.deb; do dpkg-deb -x "$package" "$dest" || return 1; done
  rm -rf "$apt" "$dest"/usr/share/{doc,man,locale,i18n}
  mkdir -p "$dest/run"
}

# Where this machine has its own packages from: that of Debian itself, beside which there may be others.
mirror_of_debian() {
  local format='$(LABEL) $(REPO_URI)' mirror
  mirror=$(apt-get indextargets --format "$format" 2>/dev/null | sed -n 's/^Debian //p' | head -1)
  if [ -z "$mirror" ]; then
    as_root apt-get -qq update
    mirror=$(apt-get indextargets --format "$format" 2>/dev/null | sed -n 's/^Debian //p' | head -1)
  fi
  echo "$mirror"
}

# run_unpacked FOLDER NAME [LINE...]: makes FOLDER/run/NAME, which runs FOLDER/usr/bin/NAME after these lines of a
# shell. The loader is written into the program itself: /proc/self/exe stays the program, by which it finds its files.
run_unpacked() {
  local dest=$1 name=$2 program=$1/usr/bin/$2 loader libraries link
  shift 2
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case $link in /*) program=$dest$link ;; *) program=$(dirname "$program")/$link ;; esac
  done
  loader=$(find "$dest" -name 'ld-linux-x86-64.so.2' | head -1)
  libraries=$(find "$dest" -type d -path '*lib/x86_64-linux-gnu' | paste -sd:)
  patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$program" || return 1
  printf '%s\n' '#!/bin/sh' "$@" "exec '$program' \"\$@\"" >"$dest/run/$name"
  chmod +x "$dest/run/$name"
}
