#!/bin/sh
# Installs the system libraries that Lectern needs and that are missing: through apt on Debian and Ubuntu, through
# brew on a Mac. Asks no questions. Where all is there it only looks for a few files.
set -eu

script=setup
# shellcheck source=Scripts/packages.sh
. "$(dirname "$0")/packages.sh"

has_header() {
  for folder in /usr/include /usr/include/* /usr/local/include; do
    if [ -e "$folder/$1" ]; then return 0; fi
  done
  return 1
}

has_katex() {
  for folder in /usr/share/javascript/katex /usr/local/share/katex /opt/homebrew/lib/node_modules/katex/dist; do
    if [ -e "$folder/$1" ]; then return 0; fi
  done
  return 1
}

has_library() {
  command -v pkg-config > /dev/null && pkg-config --exists "$1"
}

case "$(uname -s)" in
  Darwin)
    has_library libcmark-gfm || need cmark-gfm
    has_library openblas || need openblas
    has_library duktape || need duktape
    has_library gumbo || need gumbo-parser
    has_library harfbuzz-subset || need harfbuzz
    has_library libzip || need libzip
    command -v pkg-config > /dev/null || need pkg-config
    ;;
  *)
    has_library libcmark-gfm || need libcmark-gfm-dev
    has_header cmark-gfm-core-extensions.h || need libcmark-gfm-extensions-dev
    has_library openblas || need libopenblas-dev
    has_library duktape || need duktape-dev
    has_library gumbo || need libgumbo-dev
    has_library harfbuzz-subset || need libharfbuzz-dev
    has_library libzip || need libzip-dev
    has_library zlib || need zlib1g-dev
    has_katex katex.min.js || need libjs-katex
    has_katex fonts || need fonts-katex
    command -v pkg-config > /dev/null || need pkg-config
    ;;
esac
# What only `make pdf` needs.
if [ "${1:-}" = printing ] && [ "$(uname -s)" = Linux ]; then
  command -v chromium > /dev/null || command -v google-chrome > /dev/null || need chromium
  ls /usr/share/fonts/opentype/noto/NotoSansCJK-* > /dev/null 2>&1 || need fonts-noto-cjk
fi
install_missing

swift="${SWIFT:-swift}"
command -v "$swift" > /dev/null || fail "there is no Swift toolchain on the PATH.
  Install Swift 6.2 or later from https://www.swift.org/install and try again."
# Asking the compiler for its version takes longer than all the rest: only before the first build.
if [ ! -d .build/release ]; then
  version="$("$swift" --version 2> /dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)"
  major="${version% *}"
  minor="${version#* }"
  if [ -n "$version" ] && { [ "$major" -lt 6 ] || { [ "$major" = 6 ] && [ "$minor" -lt 2 ]; }; }; then
    fail "Swift $major.$minor is too old: Lectern wants 6.2 or later, from https://www.swift.org/install."
  fi
fi
