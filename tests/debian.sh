#!/bin/sh
# Installs the Debian packages that tests or benchmarks drive, unless their programs are there.
# Usage: sh tests/debian.sh chromium wrk … CHROMIUM=/path names another browser.
set -eu
fehlt=
for paket in "$@"; do
  programm=$paket
  case $paket in
    chromium) programm=${CHROMIUM:-/usr/bin/chromium} ;;
    libreoffice-calc) programm=soffice ;;
    poppler-utils) programm=pdftoppm ;;
    nginx) programm=/usr/sbin/nginx ;;
    systemd) programm=systemd-analyze ;;
    # the newest version that Debian has; each has its programs in a folder of its own
    postgresql) for programm in /usr/lib/postgresql/*/bin/initdb; do :; done ;;
    postgis)
      paket=postgresql-postgis
      ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 && programm=sh ;;
    python3-venv) /usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null && programm=sh ;;
    libsqlite3-mod-spatialite) ls /usr/lib/*/mod_spatialite.so >/dev/null 2>&1 && programm=sh ;;
    libnginx-mod-http-brotli-static)
      [ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] && programm=sh ;;
    python3-qgis) /usr/bin/python3 -c 'import qgis.core' 2>/dev/null && programm=sh ;;
  esac
  command -v "$programm" >/dev/null || fehlt="$fehlt $paket"
done
[ -z "$fehlt" ] && exit 0
if [ "$(id -u)" = 0 ]; then sudo=; elif command -v sudo >/dev/null; then sudo=sudo; else
  echo "Missing:$fehlt. Install the Debian package(s), or set CHROMIUM=/path/to/chromium." >&2
  exit 1
fi
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $fehlt fonts-noto-core
