"""nginx as what it is best at: files that lie compressed on the disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen, run
from typing import Final

from tests.anschluss import freier_port
from tests.bench.prozesse import laufend

NGINX: Final = "/usr/sbin/nginx"
_MODUL: Final = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
_EINSTELLUNGEN: Final = """\
load_module {modul};
{nutzer}worker_processes 1;
daemon off;
pid {ort}/nginx.pid;
error_log stderr error;
events {{ worker_connections 512; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=1000;
  gzip_static on;
  brotli_static on;
  types {{
    text/html html; text/css css; text/javascript js; image/png png; font/woff2 woff2;
    application/geo+json geojson;
  }}
  client_body_temp_path {ort}/t1; proxy_temp_path {ort}/t2; fastcgi_temp_path {ort}/t3;
  uwsgi_temp_path {ort}/t4; scgi_temp_path {ort}/t5;
  server {{ listen 127.0.0.1:{port}; root {wurzel}; }}
}}
"""
AUFBAU: Final = (
    "one worker, `sendfile`, `open_file_cache`, `gzip_static` and `brotli_static` (files "
    "compressed beforehand), no access log, connections never closed"
)


@contextmanager
def nginx(wurzel: Path, probe: str) -> Iterator[tuple[str, "Popen[bytes]"]]:
    """Serve a folder; yield address and process. ``probe`` is a path below it."""
    port = freier_port()
    basis = f"http://127.0.0.1:{port}"
    ort = wurzel.parent / f"nginx-{port}"
    ort.mkdir()
    # workers of root's nginx are nobody, who may not look into a folder made for root alone
    nutzer = "user root;\n" if os.geteuid() == 0 else ""
    text = _EINSTELLUNGEN.format(
        modul=_MODUL, nutzer=nutzer, ort=ort, port=port, wurzel=wurzel.resolve()
    )
    (ort / "nginx.conf").write_text(text, "utf-8")
    befehl: list[str | Path] = [NGINX, "-p", ort, "-c", ort / "nginx.conf", "-e", "stderr"]
    with laufend(befehl, basis + probe) as prozess:
        yield basis, prozess


def fassung() -> str:
    """Return the version of nginx."""
    return (
        run([NGINX, "-v"], capture_output=True, text=True, check=True)
        .stderr.rpartition("/")[2]
        .strip()
    )
