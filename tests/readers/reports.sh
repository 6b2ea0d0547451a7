# What reads the reports and documents. `work`, `python` and `node` are those of tests/readers/run.

# Writes a report on the apps, which hold faults.
report() {
  (cd "$work/apps" && farewell "$1" apps --format "$2" --output "$work/$3")
  [ $? -eq 1 ]
}

junit_is_read() {
  report check junit junit.xml && report check json findings.json &&
    "$python/bin/python" "$here/junit.py" "$work/junit.xml" "$work/findings.json"
}

# By another program than the one that the unit tests ask.
documents_are_read() {
  local keeps=$python/bin/check-jsonschema
  report check json findings.json && report audit json map.json || return 1
  (cd "$work/apps/apps/web-shop" && farewell init >/dev/null && mv farewell.toml "$work") || return 1
  sed 's/"hint"/"fatal"/' "$work/findings.json" >"$work/wrong.json"
  "$keeps" --schemafile server/cli/schema/findings-v1.json "$work/findings.json" &&
    "$keeps" --schemafile server/cli/schema/audit-v1.json "$work/map.json" &&
    "$keeps" --schemafile server/project/schema/farewell-toml-v1.json "$work/farewell.toml" &&
    ! "$keeps" --schemafile server/cli/schema/findings-v1.json "$work/wrong.json"
}

# The validator of those who keep the standard: its schema, its rules and those of GitHub's code scanning.
sarif_is_read() {
  local multitool=$node/node_modules/@microsoft/sarif-multitool-linux
  chmod +x "$multitool/Sarif.Multitool"
  report check sarif log.sarif || return 1
  judged() {
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$multitool/Sarif.Multitool" validate "$1" --level 'Error;Warning' \
      --rule-kind 'Sarif;Ghas;Gh' --json-schema "$multitool/sarif-2.1.0.json"
  }
  judged "$work/log.sarif" >"$work/judged" && grep 'completed successfully' "$work/judged" || return 1
  ! grep ': \(error\|warning\) ' "$work/judged" || return 1
  sed 's/"startLine": .*,/"startLine": 0,/' "$work/log.sarif" >"$work/wrong.sarif"
  judged "$work/wrong.sarif" | grep -q ': error JSON1008'
}

templates_are_read() {
  local keeps=$python/bin/check-jsonschema
  "$keeps" --builtin-schema vendor.github-actions action.yml &&
    "$keeps" --builtin-schema vendor.github-workflows .github/workflows/*.yml &&
    "$keeps" --builtin-schema vendor.gitlab-ci editors/ci/gitlab.yml &&
    "$python/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml &&
    "$python/bin/python" "$here/platforms.py"
}

zizmor_reads() { "$python/bin/zizmor" --offline --quiet .github/workflows action.yml; }
