# shellcheck shell=bash
# ./fx test failover: not part of ./fx test, because it takes the better part of an hour and packages nothing else needs.

# Installs what a list names and lets no service start or come up at the next boot: the test runs its own processes.
install_quietly() {
  local missing policy=/usr/sbin/policy-rc.d ours='' unit
  mapfile -t missing < <(missing_packages "$1")
  [ ${#missing[@]} = 0 ] && return 0
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  if [ ! -e "$policy" ]; then
    ours=yes
    as_root install -m 755 /dev/stdin "$policy" <<<$'#!/bin/sh\nexit 101'
  fi
  as_root apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
  local status=$?
  [ -z "$ours" ] || as_root rm -f "$policy"
  if [ -d /run/systemd/system ]; then
    for unit in patroni etcd zookeeper; do
      case " ${missing[*]} " in *" $unit"[\ -]*) as_root systemctl disable --quiet "$unit" || true ;; esac
    done
  fi
  return $status
}

verb_failover() {
  local recipe=etcd word previous='' list
  for word in "$@"; do
    case $word in --recipe=*) recipe=${word#*=} ;; esac
    [ "$previous" != --recipe ] || recipe=$word
    previous=$word
  done
  for list in deploy/postgres-ha/packages.txt "tests/failover/packages/$recipe.txt"; do
    [ ! -f "$list" ] || install_quietly "$list" || die "the packages of $list could not be installed"
  done
  say "failover: $recipe; logs in build/failover"
  # Debian's own Python: python3-psycopg2 is a package of Debian.
  exec /usr/bin/python3 tests/failover/failover.py "$@"
}
