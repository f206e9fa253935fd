# For the other scripts: installs packages by the system's own manager, and asks no questions.

# Where a message comes from; the script that reads this file says its own name.
: "${script:=setup}"

fail() {
  echo "$script: $1" >&2
  exit 1
}

missing=""
need() { missing="$missing $1"; }

# Installs what `need` was called for: through apt on Debian and Ubuntu, through brew on a Mac.
install_missing() {
  missing="${missing# }"
  if [ -z "$missing" ]; then return 0; fi
  if command -v apt-get > /dev/null; then
    if [ "$(id -u)" = 0 ]; then
      root=""
    elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
      root="sudo -n"
    else
      fail "these packages are missing, and installing them needs root. Run this once, then try again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
    fi
    echo "$script: installing $missing"
    log="$(mktemp)"
    trap 'rm -f "$log"' EXIT
    # The lists of packages may be missing or old: then they are fetched, once.
    install_all || { $root apt-get update > "$log" 2>&1 && install_all; } || {
      cat "$log" >&2
      fail "the packages could not be installed; what apt-get said stands above. They are: $missing"
    }
  elif command -v brew > /dev/null; then
    echo "$script: installing $missing"
    # shellcheck disable=SC2086
    brew install --quiet $missing
  else
    fail "these packages are missing, and there is neither apt-get nor brew to install them: $missing
  Install them with your system's own package manager; the names above are Debian's."
  fi
}

install_all() {
  # shellcheck disable=SC2086  # one word for each package
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing > "$log" 2>&1
}

# Prints a Python that has the modules of pagecheck/requirements.txt, installed into .build/pagecheck where they are
# missing. Its caller has put the scripts' folder into $scripts.
python_with_modules() {
  modules="$scripts/../.build/pagecheck"
  if ! cmp -s "$scripts/pagecheck/requirements.txt" "$modules/requirements.txt"; then
    echo "$script: installing Python modules into .build/pagecheck" >&2
    rm -rf "$modules"
    python3 -m venv "$modules"
    "$modules/bin/pip" install --quiet --disable-pip-version-check -r "$scripts/pagecheck/requirements.txt" >&2
    # Last, so that an installation that was broken off is done again.
    cp "$scripts/pagecheck/requirements.txt" "$modules/requirements.txt"
  fi
  echo "$modules/bin/python"
}
