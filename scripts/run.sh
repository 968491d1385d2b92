# shellcheck shell=bash
# ./fx run: everything from a bare machine to a served demonstration realm.

verb_run() {
  local port=8080 data=$root/var/demo fresh=no
  while [ $# -gt 0 ]; do
    case $1 in
      --fresh) fresh=yes ;;
      --port) port=${2:?--port wants a number} && shift ;;
      --data) data=$(realpath -m "${2:?--data wants a folder}") && shift ;;
      *) die "run: unknown option $1 (./fx help)" ;;
    esac
    shift
  done
  verb_setup
  build_web || die "the web UI does not build"
  say "building the server (release)"
  cmake_build release fangxian || die "the server does not build"
  if [ "$fresh" = yes ]; then drop_demonstration "$data"; fi
  make_demonstration "$data" || die "the demonstration realm could not be made"
  say "Fangxian on http://127.0.0.1:$port"
  if [ -e "$data/$mark" ]; then "$build/release/bin/fangxian" demo sign-ins || die "no sign-ins"; fi
  note "Ctrl-C stops it; the data stays in $data"
  exec "$build/release/bin/fangxian" serve --port "$port" --data "$data"
}

# A realm made here carries this file; nothing else is ever deleted.
mark=.made-by-fx-run

drop_demonstration() {
  [ -e "$1" ] || return 0
  [ -e "$1/$mark" ] || die "--fresh: $1 was not made by ./fx run and will not be deleted"
  say "removing the old demonstration realm"
  rm -rf "$1"
}

# Made beside its place and moved in, so that an interrupted making leaves nothing half done.
make_demonstration() {
  local making=$1.making
  if [ -n "$(ls -A "$1" 2>/dev/null)" ]; then
    note "realm: $1"
    return 0
  fi
  say "making the demonstration realm in $1"
  rm -rf "$making"
  mkdir -p "$making"
  "$build/release/bin/fangxian" demo create --data "$making" || return 1
  touch "$making/$mark"
  rmdir "$1" 2>/dev/null
  mv "$making" "$1"
}
