"""Bytes added to the end of a compressed stream, without packing its beginning again.

An answer that is kept compressed may end in something new each time, its time stamp. Both formats
can carry bytes as they are: gzip in a stored block (RFC 1951 §3.2.4), brotli in an uncompressed
meta-block (RFC 7932 §9.2).
"""

import struct
import zlib
from dataclasses import dataclass
from typing import Final

import brotli

_GZIP: Final = 16 + zlib.MAX_WBITS
"""zlib's way to ask for the gzip format, without a time in its header."""
MAX_ENDE: Final = 2**16 - 1
"""Bytes that fit in one stored block."""


@dataclass(frozen=True, slots=True)
class Anfang:
    """The kept beginning of an answer.

    Attributes
    ----------
    inhalt
        Compressed, up to a byte boundary, without an end.
    laenge, pruefsumme
        Number and CRC-32 of the plain bytes.
    """

    inhalt: bytes
    laenge: int
    pruefsumme: int

    def __len__(self) -> int:
        return len(self.inhalt)


def anfang(body: bytes, art: str, *, guete: int) -> Anfang:
    """Compress the beginning of an answer.

    Parameters
    ----------
    art
        Content encoding: ``br``, ``gzip`` or an empty text.
    guete
        Quality of brotli, level of gzip.
    """
    if art == "br":
        packer = brotli.Compressor(quality=guete)
        inhalt = packer.process(body) + packer.flush()
    elif art == "gzip":
        deflate = zlib.compressobj(level=guete, wbits=_GZIP)
        inhalt = deflate.compress(body) + deflate.flush(zlib.Z_SYNC_FLUSH)
    else:
        inhalt = body
    return Anfang(inhalt, len(body), zlib.crc32(body))


def beendet(beginn: Anfang, ende: bytes, art: str) -> bytes:
    """Return the whole answer in the encoding of its beginning; ``ende``: 1–`MAX_ENDE` bytes."""
    return beginn.inhalt + endstueck(beginn, ende, art)


def endstueck(beginn: Anfang, ende: bytes, art: str) -> bytes:
    """Return what follows the beginning: its length depends on that of ``ende`` alone."""
    if art == "br":
        # bits from the lowest: not last, 4 nibbles (0), length - 1, uncompressed; then the last one
        kopf = (len(ende) - 1) << 3 | 1 << 19
        return b"".join((kopf.to_bytes(3, "little"), ende, b"\x03"))
    if art == "gzip":
        block = struct.pack("<BHH", 1, len(ende), len(ende) ^ 0xFFFF)
        schluss = struct.pack(
            "<II", zlib.crc32(ende, beginn.pruefsumme), (beginn.laenge + len(ende)) & 0xFFFFFFFF
        )
        return b"".join((block, ende, schluss))
    return ende
