#!/bin/sh
# Tries `lectern serve` in Chromium: pages that change in place, mistakes that are shown, a new server that is found,
# and memory that stays flat. First installs what that takes, as check-pages does.
#
#   Scripts/check-serve.sh                    every behaviour, and a hundred edits
#   Scripts/check-serve.sh --edits 1000       a thousand edits (--seconds 3600: spread over an hour)
set -eu
scripts="$(cd "$(dirname "$0")" && pwd)"
script=check-serve
# shellcheck source=Scripts/packages.sh
. "$scripts/packages.sh"

if [ "$(uname -s)" = Linux ]; then
  command -v chromium > /dev/null || need chromium
fi
python3 -c 'import ensurepip, venv' 2> /dev/null || need python3-venv
install_missing
python="$(python_with_modules)"

export PYTHONDONTWRITEBYTECODE=1
"$python" "$scripts/servecheck/check.py"
if [ $# = 0 ]; then set -- --edits 100; fi
exec "$python" "$scripts/servecheck/soak.py" "$@"
