#!/usr/bin/env bash
# The developer's one script. `./fx help` says what it can do.
set -u -o pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root" || exit 1
# shellcheck source=scripts/lib.sh
source scripts/lib.sh
# shellcheck source=scripts/setup.sh
source scripts/setup.sh

verb_help() {
  cat <<'END'
./fx VERB           every verb may be run again; it does only what is not done yet

  setup             install Debian packages (scripts/packages.txt), a new enough Node, the web's packages
  run [--fresh] [--port N] [--data DIR]
                    set up, build, make the demonstration realm and serve it on http://127.0.0.1:8080
  test [ROOM]       set up and run every test and check; with ROOM (kernel, isolation …) that room's unit tests only
  test failover [--recipe NAME] [--seed N] [--kills 15] [--freezes 20] [--cuts 6]
                    kill, freeze and cut off the leading database host under load and count what was acknowledged
                    and is not there (deploy/postgres-ha); takes the better part of an hour
  test PROOF [--seed=N …]
                    one proof by breaking in its long form: kill, power, backup, full, clients, overload, idle
  build [PRESET]    build everything of a preset: dev (default), release, asan
  scenario FILE…    run scenario files against the production core (default: all of tests/scenarios)
  openapi           print the OpenAPI document; openapi --update also renews the committed one and the web's types
  bench [ARG…]      run the benchmarks, results also in build/bench.json
  lint              every check that needs no run: includes, shell, clang-tidy (all families), ESLint, types
  fmt               format C++ and web
  licences          list the third-party packages and their licences
  clean             remove build/ and web/dist; realms in var/ stay
  help              this text
END
}

verb_build() {
  local preset=${1:-dev}
  verb_setup
  build_web || die "the web UI does not build"
  say "building $preset"
  cmake_build "$preset" || die "the build failed"
}

verb_scenario() {
  verb_setup
  say "building the server (release)"
  cmake_build release fangxian || die "the server does not build"
  if [ $# = 0 ]; then
    local files
    mapfile -t files < <(scenario_files)
    set -- "${files[@]}"
  fi
  "$build/release/bin/fangxian" scenario run "$@"
}

verb_bench() {
  verb_setup
  say "building the benchmarks (release)"
  cmake_build release fx_bench || die "the benchmarks do not build"
  "$build/release/bin/fx_bench" --benchmark_out="$build/bench.json" --benchmark_out_format=json "$@" || die "the benchmarks failed"
  note "machine-readable: build/bench.json"
}

verb_clean() {
  say "removing build/ and web/dist"
  rm -rf "$build" web/dist
}

verb=${1:-help}
[ $# = 0 ] || shift
case $verb in
  help | -h | --help) verb_help ;;
  setup | build | bench | clean) "verb_$verb" "$@" ;;
  run)
    # shellcheck source=scripts/run.sh
    source scripts/run.sh
    verb_run "$@"
    ;;
  test | lint | fmt | scenario | openapi)
    # shellcheck source=scripts/checks.sh
    source scripts/checks.sh
    # shellcheck source=scripts/test.sh
    source scripts/test.sh
    if [ "$verb ${1:-}" = "test failover" ]; then
      shift
      # shellcheck source=scripts/failover.sh
      source scripts/failover.sh
      verb_failover "$@"
    fi
    "verb_$verb" "$@"
    ;;
  licences) exec scripts/licences "$@" ;;
  *)
    verb_help >&2
    die "unknown verb: $verb"
    ;;
esac
