#!/bin/sh
# Holds every page of a built book against the gates of Scripts/pagecheck, in Chromium and in Firefox, and first
# installs what that takes: browsers and a Java for the Nu HTML checker through the system's package manager, Python
# modules into .build/pagecheck.
#
#   Scripts/check-pages.sh [FOLDER]      FOLDER is output unless another is named; --help says more
#   Scripts/check-pages.sh --self-test   proves that each gate can fail
#   Scripts/check-pages.sh --interaction FOLDER   does what a reader does, on the pages of Tests/Fixtures/theme
set -eu
scripts="$(cd "$(dirname "$0")" && pwd)"
script=check-pages
# shellcheck source=Scripts/packages.sh
. "$scripts/packages.sh"

if [ "$(uname -s)" = Linux ]; then
  command -v chromium > /dev/null || need chromium
  command -v firefox-esr > /dev/null || command -v firefox > /dev/null || need firefox-esr
  # The pages' own fonts are whatever the reader has: here, these.
  ls /usr/share/fonts/opentype/noto/NotoSansCJK-* > /dev/null 2>&1 || need fonts-noto-cjk
fi
command -v java > /dev/null || need default-jre-headless
python3 -c 'import ensurepip, venv' 2> /dev/null || need python3-venv
install_missing

python="$(python_with_modules)"

program=check
case "${1:-}" in
  --self-test) program=selftest; shift ;;
  --interaction) program=interaction; shift ;;
esac
exec env PYTHONDONTWRITEBYTECODE=1 "$python" "$scripts/pagecheck/$program.py" "$@"
