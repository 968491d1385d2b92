# shellcheck shell=bash
# What the verbs of ./fx share: where things are, how they speak, when something must be done again.
# Sourced by ./fx, which has set $root and cd'ed there.

build=$root/build
stamps=$build/stamps
# One list for every tool that has to know how many processors there are.
jobs=$(nproc 2>/dev/null || echo 2)

if [ -t 1 ]; then bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'; else bold='' red='' green='' plain=''; fi

say() { printf '%s== %s%s\n' "$bold" "$*" "$plain"; }
note() { printf '   %s\n' "$*"; }
die() {
  printf '%sfx: %s%s\n' "$red" "$*" "$plain" >&2
  exit 1
}

# The content of files named on stdin (NUL between), and any arguments, as one hash.
hash_of() { { printf '%s\n' "$@"; xargs -0 -r sha256sum; } | sha256sum | cut -d' ' -f1; }

# A stamp remembers the hash under which a piece of work was last finished.
is_fresh() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() {
  mkdir -p "$stamps"
  printf '%s\n' "$2" >"$stamps/$1"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    die "needs root for: $* (sudo is not installed)"
  fi
}

# ---- building ------------------------------------------------------------------------------------------------------

# cmake_build <preset> [target…]: configures when needed, builds; ninja does the rest.
cmake_build() {
  local preset=$1 dir=$build/$1 targets=()
  shift
  if [ $# -gt 0 ]; then targets=(--target "$@"); fi
  if [ ! -f "$dir/build.ninja" ] || [ "$root/CMakePresets.json" -nt "$dir/build.ninja" ]; then
    say "configuring $preset"
    mkdir -p "$dir"
    cmake --preset "$preset" >"$dir/configure.log" 2>&1 || { cat "$dir/configure.log" >&2; return 1; }
  fi
  cmake --build "$dir" -j "$jobs" "${targets[@]}"
}

# Every file the web UI is made of.
web_sources() {
  find web -name node_modules -prune -o -path web/dist -prune -o -path web/test-results -prune -o -path web/shots -prune -o -type f -print0 | sort -z
}

build_web() {
  [ -f web/package.json ] || { note "no web/ here: the server is built without its UI"; return 0; }
  local hash
  hash=$(web_sources | hash_of)
  if is_fresh web "$hash" && [ -f web/dist/index.html ]; then
    note "web UI: up to date"
    return 0
  fi
  say "building the web UI"
  npm --prefix web run --silent build || return 1
  stamp web "$hash"
}
