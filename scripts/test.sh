# shellcheck shell=bash
# ./fx test: every test and check, in an order that fails early and compiles each test once. Unit and property tests are
# built with AddressSanitizer and UBSan only; what needs the whole server runs against the release build, which is
# also the one that ships.

logs=$build/test
binary=$build/release/bin/fangxian

# ---- one check after the other, counted ------------------------------------------------------------------------------

begin_checks() {
  rm -rf "$logs"
  mkdir -p "$logs"
  passed=0 failed=0 began=$SECONDS broken=()
}

# check <name> <command…>: its output goes to a log and is shown when it fails. A command that runs many tests writes
# "PASSED FAILED" to the file named by $counts; otherwise it counts as one.
check() {
  local name=$1 start=$SECONDS status
  shift
  name_files "$name"
  printf '   %-42s' "$name"
  "$@" >"$log" 2>&1
  status=$?
  report "$name" $status $((SECONDS - start))
}

# begin_beside <name> <command…>: a check that computes while others wait. It yields to everything else (nice), so that
# tests that look at the clock do not feel it. end_beside waits for it and reports it like any other.
begin_beside() {
  local name=$1 start=$SECONDS log counts slug
  shift
  name_files "$name"
  beside=$name
  {
    nice -n 19 "$@" >"$log" 2>&1
    echo "$? $((SECONDS - start))" >"$logs/$slug.ended"
  } &
  beside_job=$!
}
end_beside() {
  local status=1 seconds=0
  name_files "$beside"
  printf '   %-42s' "$beside"
  wait "$beside_job"
  read -r status seconds <"$logs/$slug.ended"
  report "$beside" "$status" "$seconds"
}

# Of the check so named: $slug, $log, $counts.
name_files() {
  slug=$(tr -cs 'A-Za-z0-9\n' '-' <<<"$1")
  log=$logs/$slug.log counts=$logs/$slug.counts
}

# report <name> <status> <seconds>
report() {
  local counted
  read -r -a counted < <(cat "$counts" 2>/dev/null || echo $(($2 == 0)) $(($2 != 0)))
  if [ "$2" != 0 ] && [ "${counted[1]}" = 0 ]; then counted[1]=1; fi
  passed=$((passed + counted[0])) failed=$((failed + counted[1]))
  if [ "$2" = 0 ] && [ "${counted[1]}" = 0 ]; then
    printf '%sok%s  %5d   %4d s\n' "$green" "$plain" "${counted[0]}" "$3"
    return 0
  fi
  printf '%sFAILED%s %d of %d   %4d s\n' "$red" "$plain" "${counted[1]}" $((counted[0] + counted[1])) "$3"
  show_failure "$log" | sed 's/^/     | /'
  broken+=("$1 (build/test/$slug.log)")
  return 1
}

# What went wrong, wherever in the log it stands, and then the log's end.
show_failure() {
  grep -aE -A 12 'Failure$|FAILED +\]|^not ok|^FAIL|[Ee]rror:|runtime error|ERROR: ' "$1" | head -n 120
  printf '...\n'
  tail -n 40 "$1"
}

end_checks() {
  local name
  for name in "${broken[@]}"; do note "failed: $name"; done
  note "in $(((SECONDS - began) / 60)) min $(((SECONDS - began) % 60)) s"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" = 0 ] && [ ${#broken[@]} = 0 ]
}

# ---- the pieces ------------------------------------------------------------------------------------------------------

# run_programs <preset> <unit|world>
run_programs() {
  local reports=$logs/$1-$2 status
  mkdir -p "$reports"
  GTEST_OUTPUT=xml:$reports/ UBSAN_OPTIONS=print_stacktrace=1 \
    ctest --test-dir "$build/$1" -L "^$2\$" -j "$jobs" --output-on-failure
  status=$?
  find "$reports" -name '*.xml' -exec scripts/count-tests {} + >"$counts"
  return $status
}

run_vitest() {
  local status report=$logs/vitest.json
  (cd web && npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$report")
  status=$?
  scripts/count-tests "$report" >"$counts"
  return $status
}

# What needs a realm, once more on the other engine.
run_api_on_postgres() {
  local status report=$logs/fx_api_tests.postgres.xml
  FX_ENGINE=postgres GTEST_OUTPUT=xml:$report timeout -k 10 1800 "$build/release/bin/fx_api_tests" \
    --gtest_filter='BadInput.*:Door.*:FullQueue.*:Line.*:Pages.*:Reading.*:Readings.*:ServiceTest.*:SignIn.*'
  status=$?
  scripts/count-tests "$report" >"$counts"
  return $status
}

# Each file by itself, so that each counts and one that dies hides no other.
run_scenarios() {
  local file good=0 bad=0
  while read -r file; do
    if timeout -k 10 120 "$binary" scenario run "$file"; then good=$((good + 1)); else bad=$((bad + 1)) && printf 'FAILED %s\n' "$file"; fi
  done < <(scenario_files)
  echo "$good $bad" >"$counts"
  [ $bad = 0 ] && [ $good -gt 0 ]
}

check_openapi() {
  "$binary" openapi >"$logs/openapi.json" || return 1
  diff -u tests/golden/openapi.json "$logs/openapi.json" && return 0
  echo "the API changed: ./fx openapi --update, and commit what it writes"
  return 1
}

# The demonstration, made anew, must stand up to verify like any ledger.
check_demonstration() {
  local data=$logs/demo
  "$binary" demo create --data "$data" && "$binary" verify --data "$data" --json
}

# A planted wrong name must not pass, and must be named: the checker is checked.
check_rulebook() {
  local copy=$logs/rulebook file
  "$binary" rulebook check rulebook || return 1
  cp -r rulebook "$copy"
  file=$(grep -rl 'event = "screening\.' "$copy" --include='*.toml' | sort | head -n 1)
  sed -i '0,/event = "screening\./s//event = "screening.no_such_/' "$file" || return 1
  if "$binary" rulebook check "$copy" >"$logs/planted.txt" 2>&1; then
    echo "a wrong event name was not noticed"
    return 1
  fi
  grep -F "screening.no_such_" "$logs/planted.txt" || { echo "the wrong name is refused but not named"; return 1; }
}

run_e2e() {
  local status
  FANGXIAN_BIN=$binary timeout -k 10 2700 npm --prefix web run --silent e2e | tee "$logs/e2e.out"
  status=$?
  grep -oE '[0-9]+ passed, [0-9]+ failed' "$logs/e2e.out" | tail -n 1 | awk '{print $1, $3}' >"$counts"
  [ -s "$counts" ] || rm -f "$counts"
  return $status
}

# ---- the proofs by breaking, in their long form (docs/proofs.md) -------------------------------------------------------

# prove <name> [--seed=N …]: what is given comes before the long form's own numbers, and the first one counts.
prove() {
  local name=$1 program=fx_simulation_tests filter numbers=()
  shift
  case $name in
    kill) filter='Crash.*' numbers=(--kills=2000) ;;
    power) program=fx_runtime_tests filter='PowerSimulation.*' numbers=(--cuts=20000) ;;
    backup) filter='Backup.*' numbers=(--answers=5000) ;;
    full) filter='Disk.*' ;;
    clients) filter='Clients.*' numbers=(--chains=400) ;;
    overload) filter='Overload.*' numbers=(--seconds=60) ;;
    idle) filter='Idle.*' numbers=(--connections=10000) ;;
  esac
  say "building $program (release)"
  cmake_build release fangxian "$program" || die "the build failed"
  say "$name, in its long form"
  "$build/release/bin/$program" --gtest_filter="$filter" --gtest_also_run_disabled_tests "$@" "${numbers[@]}"
}

# ---- the verbs -------------------------------------------------------------------------------------------------------

test_room() {
  local name=$1 program
  case $name in
    web) check "web: unit tests" run_vitest ;;
    scenarios)
      check "build: server (release)" cmake_build release fangxian && check "scenarios" run_scenarios
      ;;
    *)
      program=fx_${name}_tests
      if [ -d "server/desks/$name" ]; then program=fx_desk_${name}_tests; fi
      check "build: $program" cmake_build dev "$program" && check "$name" run_one "$program"
      ;;
  esac
  end_checks
}

run_one() {
  local status
  GTEST_OUTPUT=xml:$logs/$1.xml "$build/dev/bin/$1"
  status=$?
  scripts/count-tests "$logs/$1.xml" >"$counts"
  return $status
}

verb_test() {
  verb_setup
  case ${1:-} in
    kill | power | backup | full | clients | overload | idle)
      prove "$@"
      return
      ;;
  esac
  begin_checks
  if [ $# -gt 0 ]; then
    say "testing $1"
    test_room "$1"
    return
  fi
  say "testing everything; logs in build/test"
  [ -d ../shared/data ] || note "../shared/data is not here: the suites over real files are skipped and say so"
  source_checks
  if [ -f web/package.json ]; then
    check "web: unit tests" run_vitest
    check "web: build" build_web && check "web: sizes" in_web size
  fi
  check "build: unit tests (ASan, UBSan)" cmake_build asan fx_unit_programs &&
    check "unit and property tests" run_programs asan unit
  if check "build: server (release)" cmake_build release fangxian fx_world_programs; then
    # What ships; `./fx lint` looks at the tests, too.
    begin_beside "clang-tidy" scripts/tidy --product --build "$build/asan" --build "$build/release"
    check "tests of the whole server" run_programs release world
    check "the API on PostgreSQL" run_api_on_postgres
    check "rulebook" check_rulebook
    check "scenarios" run_scenarios
    check "demonstration and verify" check_demonstration
    check "OpenAPI" check_openapi
    [ ! -f tests/e2e/run.mjs ] || check "browser tests" run_e2e
    end_beside
  fi
  end_checks
}

verb_openapi() {
  verb_setup >&2
  cmake_build release fangxian >&2 || die "the server does not build"
  if [ "${1:-}" != --update ]; then
    "$binary" openapi
    return
  fi
  mkdir -p tests/golden
  "$binary" openapi >tests/golden/openapi.json || die "no OpenAPI document"
  in_web api
}
