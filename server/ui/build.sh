#!/usr/bin/env bash
# What Maven runs for the pages. "build" writes them to $SEGUE_UI_OUT, "test" runs their tests. Neither does anything
# again while nothing has changed. "e2e" runs the distribution at $SEGUE_DIST in a browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

task=${1:?usage: build.sh build|test|e2e}
out=${SEGUE_UI_OUT:-$PWD/../target/classes/ui}
stamps=${SEGUE_UI_STAMPS:-$PWD/../target}

fail() {
  printf 'segue: %s\n' "$@" >&2
  exit 1
}

need_node() {
  local version
  version=$(node --version 2>/dev/null) && npm --version >/dev/null 2>&1 || fail \
    "Node is missing, and the pages are built with it." \
    "Install Node 20.19 or newer with npm, or build a server without pages: -Dui.skip=true"
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' || fail \
    "Node $version is too old to build the pages." \
    "Install Node 20.19 or newer, or build a server without pages: -Dui.skip=true"
}

# A digest rather than times: a checkout touches files that are the same.
digest() {
  {
    node --version
    cd ..
    find ui src/main/resources/openapi \( -name node_modules -o -path ui/e2e \) -prune -o -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum
}

install() {
  local installed=node_modules/.segue-lock
  if ! cmp -s package-lock.json "$installed"; then
    npm ci --no-audit --no-fund
    mkdir -p node_modules
    cp package-lock.json "$installed"
  fi
}

if [ "$task" != build ] && [ "${SEGUE_UI_SKIP_TESTS:-false}" != false ]; then
  exit 0
fi
if [ "$task" = e2e ]; then
  need_node
  install
  exec npm run e2e
fi
mkdir -p "$stamps"
stamp=$stamps/ui.$task.stamp
need_node
now=$(digest)
is_done() {
  [ "$now" = "$(cat "$stamp" 2>/dev/null)" ] && { [ "$task" != build ] || [ -f "$out/index.html" ]; }
}
if is_done; then
  exit 0
fi
install
case $task in
  build)
    rm -rf "$out"
    SEGUE_UI_OUT=$out npm run build
    [ -f "$out/index.html" ] || fail "npm run build left no index.html in $out."
    ;;
  test) npm run test ;;
  *) fail "build.sh knows no task $task." ;;
esac
printf '%s\n' "$now" >"$stamp"
