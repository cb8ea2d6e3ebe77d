#!/bin/sh
# Debian's Chromium for the browser tests; CHROMIUM=/path names another one.
set -eu
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] && exit 0
if [ "$(id -u)" = 0 ]; then SUDO=; elif command -v sudo >/dev/null; then SUDO=sudo; else
  echo "Chromium is missing: install Debian's package 'chromium' or set CHROMIUM=/path/to/chromium." >&2
  exit 1
fi
$SUDO apt-get update -qq
$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-noto-core
