# What installs the packages. `work`, `program` and `python` are those of tests/readers/run.

# The wrapper and this machine's package in an empty folder, installed as a user would; then the wrapper alone.
npm_installs() {
  local platform folder=$work/npm status
  platform=$(node -p '`${process.platform}-${process.arch}`')
  mkdir -p "$folder/packed" "$folder/app" "$folder/alone"
  # Without its debug information a program is packed in a moment.
  strip -o "$folder/farewell" "$program" 2>/dev/null || cp "$program" "$folder/farewell"
  npm/pack.mjs "$folder/packed" && npm/pack.mjs "$folder/packed" "$platform" "$folder/farewell" || return 1
  cp -r tests/apps/web-shop "$folder/app/web-shop"
  # The packages of other platforms are optional, and so are not missed.
  (cd "$folder/app" && npm install --silent --offline --no-audit --no-fund "$folder"/packed/*.tgz) || return 1
  installed() { (cd "$folder/$1" && shift && env -u FAREWELL_BINARY npx --no-install farewell "$@"); }
  [ "$(installed app --version)" = "$(farewell --version)" ] || return 1
  installed app check web-shop --format compact >"$work/found"
  [ $? -eq 1 ] && grep -q missing-anonymize "$work/found" || return 1
  installed app rules >"$work/rules" && grep -q missing-anonymize "$work/rules" || return 1
  (cd "$folder/alone" && npm install --silent --offline --no-audit --no-fund --omit=optional \
    "$folder"/packed/farewell-lint-farewell-[0-9]*.tgz) || return 1
  installed alone --version 2>"$work/told"
  status=$?
  [ $status -eq 2 ] && grep "the package @farewell-lint/farewell-$platform, which holds" "$work/told" &&
    [ "$(cd "$folder/alone" && FAREWELL_BINARY=$program npx --no-install farewell --version)" = "$(farewell --version)" ]
}

# A commit with a fault is refused, and goes in when the fault is mended.
hook_is_run() {
  local hooks=$work/hooks user=$work/user
  export HOME=$work/home PRE_COMMIT_HOME=$work/pre-commit PATH=$python/bin:$PATH
  export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com
  export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
  mkdir -p "$HOME" "$hooks" "$user" && cp .pre-commit-hooks.yaml "$hooks" && cp -r tests/apps/web-shop/. "$user" || return 1
  for folder in "$hooks" "$user"; do git -C "$folder" init --quiet && git -C "$folder" add . || return 1; done
  git -C "$hooks" commit --quiet -m hooks && git -C "$user" commit --quiet -m app || return 1
  cd "$user" || return 1
  printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n  - id: farewell\n' "$hooks" "$(git -C "$hooks" rev-parse HEAD)" \
    >.pre-commit-config.yaml
  pre-commit install && git add . || return 1
  echo '// changed' >>src/services/http.ts
  git add . && ! git commit -m faulty >"$work/refused" 2>&1 || return 1
  grep missing-anonymize "$work/refused" || return 1
  farewell check --fix src/services/http.ts
  git add . && git commit -m mended && [ -z "$(git status --porcelain)" ]
}
