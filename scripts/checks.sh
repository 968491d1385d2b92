# shellcheck shell=bash
# Checks that read the sources and run nothing of ours: what `./fx lint` and `./fx test` have in common. And fmt.

cpp_files() { git ls-files -z --cached --others --exclude-standard -- 'server/*.[ch]pp' 'tests/*.[ch]pp' 'bench/*.[ch]pp'; }
# The pieces of fx are read through it (shellcheck -x follows each source).
check_shell() { shellcheck -x fx .ci/run; }
scenario_files() { find tests/scenarios -name '*.scenario' -o -name '*.scenario.json' | sort; }

check_includes() { scripts/check-includes --self-test && scripts/check-includes; }
check_documents() { scripts/check-paths --self-test && scripts/check-paths; }
check_cpp_format() { cpp_files | xargs -0 -r -n 64 clang-format-19 --dry-run -Werror; }
in_web() { npm --prefix web run --silent "$@"; }

# Committed files name no path of the machine they were written on.
check_paths() {
  ! git grep -nIE '(^|[^a-z.])/(work|farm|root|home)/[a-z.]' -- . ':!scripts/checks.sh'
}

verb_fmt() {
  verb_setup
  say "formatting"
  cpp_files | xargs -0 -r -n 64 clang-format-19 -i
  [ ! -f web/package.json ] || in_web format
}

verb_lint() {
  verb_setup
  begin_checks
  source_checks
  check "build for clang-tidy" build_for_tidy
  check "clang-tidy, all families" scripts/tidy --all "$@"
  end_checks
}

# clang-tidy reads headers that are generated, and asks ninja what depends on what: so after a build.
build_for_tidy() { cmake_build dev; }

source_checks() {
  check "includes: direction and purity" check_includes
  check "shell scripts" check_shell
  check "no paths of a machine" check_paths
  check "documents: what they point to exists" check_documents
  check "C++ format" check_cpp_format
  [ -f web/package.json ] || return 0
  check "web: format" in_web format:check
  check "web: ESLint" in_web lint
  check "web: types" in_web typecheck
  check "web: API types are those of the API" in_web api -- --check
}
