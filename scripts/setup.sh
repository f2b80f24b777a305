#!/usr/bin/env bash
# Makes this checkout ready: Python in .venv, and the system's libraries where they are missing.
# Usage: scripts/setup.sh [run|test]. Installs packages; writes nothing else outside the checkout.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
purpose="${1:-run}"

say() { printf '%s\n' "$@" >&2; }
fail() { say "$@"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- The system's packages ------------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }
}

apt_updated=""
install_packages() {
  [ "$#" = 0 ] && return
  if may_install; then
    say "Installing $*"
    if [ -z "$apt_updated" ]; then as_root apt-get update -q >&2; apt_updated=yes; fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >&2 ||
      fail "apt-get could not install: $*"
  elif has apt-get; then
    fail "Missing on this machine: $*" "Install it: sudo apt-get install $*"
  else
    fail "Missing on this machine. On Debian or Ubuntu the packages are called: $*" \
      "Install their like with this system's package manager, then start again."
  fi
}

has_soundfont() {
  local font
  [ -n "${SOUNDFONT:-}" ] && return 0
  for font in {/usr/share/sounds/sf2,/usr/share/soundfonts,/opt/homebrew/share/sounds/sf2,/usr/local/share/sounds/sf2,"${EMOTIONMUSIC_VAR:-var}"}/{FluidR3_GM,default-GM}.sf2; do
    [ -e "$font" ] && return 0
  done
  return 1
}

has_fluidsynth() {
  "$python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("fluidsynth"))'
}

# Where the distribution has no Chromium but a snap, as Ubuntu, Playwright's own goes into the virtual environment.
browsers="$PWD/.venv/browsers"
chromium_is_packaged() { grep -qs '^ID=debian$' /etc/os-release; }
install_browser() {
  has_chromium || chromium_is_packaged || [ -d "$browsers" ] && return
  say "Installing a Chromium into .venv"
  PLAYWRIGHT_BROWSERS_PATH="$browsers" .venv/bin/playwright install --with-deps chromium >&2 ||
    fail "Missing: a Chromium for the tests. Install one and set CHROMIUM to its program."
}

has_chromium() { [ -n "${CHROMIUM:-}" ] || has chromium || has chromium-browser || has google-chrome; }

linux_packages() {
  local missing=()
  has_fluidsynth || missing+=(libfluidsynth3)
  has_soundfont || missing+=(fluid-soundfont-gm)
  has ffmpeg || missing+=(ffmpeg)
  if [ "$purpose" = test ] && chromium_is_packaged; then has_chromium || missing+=(chromium); fi
  install_packages ${missing[@]+"${missing[@]}"}
}

mac_packages() {
  local missing=()
  [ -e "$(brew --prefix 2>/dev/null)/lib/libfluidsynth.dylib" ] || missing+=(fluid-synth)
  has ffmpeg || missing+=(ffmpeg)
  if [ "${#missing[@]}" != 0 ]; then
    has brew || fail "Missing: ${missing[*]}. Install Homebrew (https://brew.sh), then start again."
    brew install "${missing[@]}" >&2
  fi
  has_soundfont || fail "Missing: a General MIDI soundfont." \
    "Download FluidR3_GM.sf2 to var/FluidR3_GM.sf2, or set SOUNDFONT to the .sf2 file that you have."
  if [ "$purpose" = test ] && ! has_chromium; then
    [ -e "/Applications/Google Chrome.app" ] || fail "Missing: a Chromium. Install one and set CHROMIUM to its program."
  fi
}

# --- Python ---------------------------------------------------------------------------------------------------------

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
    if has "$candidate" && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

make_venv() {
  [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null && return
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    local version
    version="$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')"
    install_packages "$version-venv"
  fi
  say "Making .venv"
  rm -rf .venv
  "$python" -m venv .venv
}

install_requirements() {
  local file="$1" stamp=".venv/$1.installed"
  cat requirements.txt "$file" | cmp -s - "$stamp" && return
  say "Installing $file into .venv"
  .venv/bin/python -m pip install -q --disable-pip-version-check -r "$file" >&2
  cat requirements.txt "$file" > "$stamp"
}

if ! python="$(find_python)"; then
  install_packages python3 python3-venv
  python="$(find_python)" || fail "Python 3.11 or newer is needed; this machine has none."
fi
if [ "$(uname -s)" = Darwin ]; then mac_packages; else linux_packages; fi
make_venv
install_requirements requirements.txt
if [ "$purpose" = test ]; then
  install_requirements requirements-dev.txt
  if [ "$(uname -s)" = Linux ]; then install_browser; fi
fi
