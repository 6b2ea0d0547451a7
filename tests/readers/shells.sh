# What reads the completions and the manual, and shows the output. `work`, `program` and `here` are those of
# tests/readers/run.

# Whether all of some words are among what a shell offered.
offers() {
  local offered=$1 word
  shift
  for word in "$@"; do
    grep -q -- "$word" <<<"$offered" || { echo "no $word in: $offered"; return 1; }
  done
}

bash_completes() {
  farewell completions bash >"$work/bash"
  asked() {
    bash --noprofile --norc -c 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      _farewell farewell "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"; printf "%s\n" "${COMPREPLY[@]}"' \
      "$work/bash" "$@"
  }
  offers "$(asked farewell '')" check audit baseline merge &&
    offers "$(asked farewell check --form)" '--format' &&
    offers "$(asked farewell check --format '')" sarif junit agent &&
    offers "$(asked farewell baseline '')" update
}

# zsh completes on a terminal alone: it gets one.
zsh_completes() {
  mkdir "$work/zsh" && farewell completions zsh >"$work/zsh/_farewell"
  asked() {
    ZDOTDIR=$work/zsh zsh -f -c '
      zmodload zsh/zpty
      zpty -b shell zsh -f -i
      zpty -w shell "PS1=; fpath=($0 \$fpath); autoload -U compinit; compinit -u -d $0/dump; zstyle \":completion:*\" list-prompt; print ready\$((1 + 1))"
      while zpty -r shell line 2>/dev/null || sleep 0.05; do [[ $line == *ready2* ]] && break; done
      zpty -w -n shell "$1"$'"'\\t\\t'"'
      for _ in {1..60}; do
        sleep 0.05
        while zpty -r -t shell part; do output+=$part; done
        [[ $output == *$2* ]] && break
      done
      print -r -- $output
      zpty -d shell' "$work/zsh" "$@"
  }
  offers "$(asked 'farewell ' baseline)" audit baseline &&
    offers "$(asked 'farewell check --form' --format)" '--format' &&
    offers "$(asked 'farewell check --format ' sarif)" sarif junit agent
}

fish_completes() {
  farewell completions fish >"$work/fish"
  asked() { fish --no-config -c 'source $argv[1]; complete --do-complete $argv[2]' "$work/fish" "$1"; }
  offers "$(asked 'farewell ')" check audit baseline &&
    offers "$(asked 'farewell check --form')" '--format' &&
    offers "$(asked 'farewell check --format ')" sarif junit agent
}

# Enough code that it takes a while.
shown_on_a_terminal() {
  local copy
  for copy in 1 2 3 4 5; do
    mkdir -p "$work/many/$copy" && cp -r tests/apps/. "$work/many/$copy" || return 1
  done
  python3 "$here/terminal.py" "$program" "$work/many"
}

man_reads() {
  local warnings shown
  farewell man >"$work/farewell.1"
  warnings=$(man --warnings=w --local-file "$work/farewell.1" 2>&1 >/dev/null)
  [ -z "$warnings" ] || { echo "$warnings"; return 1; }
  shown=$(MANWIDTH=100 man --local-file "$work/farewell.1")
  offers "$shown" 'farewell-check' 'farewell-audit' 'fail-on' 'SYNOPSIS'
}
