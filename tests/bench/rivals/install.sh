#!/usr/bin/env bash
# Installs the programs that the comparison runs beside farewell, and the npm trees that it checks, outside of the
# clone. Prints where they are. Versions are pinned: a figure says nothing without them.
#   rivals/install.sh      FAREWELL_BENCH_TOOLS names the folder; else it is in the user's cache.
set -euo pipefail

tools=${FAREWELL_BENCH_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/farewell-bench}
mkdir -p "$tools/trees"

missing() {
  echo "NOT COMPARED: $1" >&2
}

if command -v npm >/dev/null; then
  cat >"$tools/package.json" <<'JSON'
{
  "private": true,
  "dependencies": {
    "@ast-grep/cli": "0.51.1",
    "@biomejs/biome": "2.6.8",
    "eslint": "10.15.0",
    "oxlint": "1.94.0",
    "typescript": "6.0.3",
    "typescript-eslint": "8.73.0"
  }
}
JSON
  cat >"$tools/trees/package.json" <<'JSON'
{
  "private": true,
  "dependencies": {
    "@angular/common": "21.2.26",
    "@angular/core": "21.2.26",
    "@angular/forms": "21.2.26",
    "@angular/platform-browser": "21.2.26",
    "@angular/router": "21.2.26",
    "@ionic/core": "9.0.5",
    "ant-design-vue": "4.2.6",
    "element-plus": "2.14.8",
    "react-native": "0.86.3"
  }
}
JSON
  (cd "$tools" && npm install --no-fund --no-audit --silent --ignore-scripts) || missing "npm's packages"
  # The launcher of one of them picks its program when it is installed.
  (cd "$tools" && npm rebuild --silent @ast-grep/cli >&2) || missing "ast-grep"
  (cd "$tools/trees" && npm install --no-fund --no-audit --silent --ignore-scripts --legacy-peer-deps) || missing "the npm trees"
else
  missing "npm is not installed"
fi

if python3 -m venv "$tools/python" 2>/dev/null; then
  "$tools/python/bin/pip" --quiet --disable-pip-version-check install ruff==0.17.6 semgrep==1.185.0 || missing "ruff and semgrep"
else
  missing "python3 has no venv"
fi

[ -x "$tools/bin/typos-lsp" ] ||
  cargo install --quiet --locked --root "$tools" typos-lsp@0.1.57 || missing "typos-lsp"
command -v rg >/dev/null || missing "ripgrep (Debian: apt-get install ripgrep)"
[ -x /usr/bin/time ] || missing "time (Debian: apt-get install time)"

echo "$tools"
