#!/bin/sh
# Makes every handout of a book (single files, EPUB, notebooks, PDF) and holds each against what it must be: EPUBCheck, the
# notebook format's own schema, PDF's tags and bookmarks, size, and that nothing is asked of anybody. Installs first what
# that takes.
#
#   Scripts/check-handouts.sh LECTERN [BOOK] [FOLDER]
set -eu
scripts="$(cd "$(dirname "$0")" && pwd)"
script=check-handouts
# shellcheck source=Scripts/packages.sh
. "$scripts/packages.sh"

if [ "$(uname -s)" = Linux ]; then
  command -v chromium > /dev/null || need chromium
  ls /usr/share/fonts/opentype/noto/NotoSansCJK-* > /dev/null 2>&1 || need fonts-noto-cjk
fi
command -v pdfinfo > /dev/null || need poppler-utils
command -v epubcheck > /dev/null || need epubcheck
command -v java > /dev/null || need default-jre-headless
python3 -c 'import ensurepip, venv' 2> /dev/null || need python3-venv
install_missing

modules="$scripts/../.build/handoutcheck"
if ! cmp -s "$scripts/handoutcheck/requirements.txt" "$modules/requirements.txt"; then
  echo "check-handouts: installing Python modules into .build/handoutcheck"
  rm -rf "$modules"
  python3 -m venv "$modules"
  "$modules/bin/pip" install --quiet --disable-pip-version-check -r "$scripts/handoutcheck/requirements.txt"
  # Last, so that an installation that was broken off is done again.
  cp "$scripts/handoutcheck/requirements.txt" "$modules/requirements.txt"
fi

lectern="$1"
book="${2:-chapters}"
output="${3:-handouts}"
"$lectern" build "$book" --format standalone,epub,notebook,pdf --output "$output"
exec env PYTHONDONTWRITEBYTECODE=1 "$modules/bin/python" "$scripts/handoutcheck/check.py" "$output"
