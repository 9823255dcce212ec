"""Which encoding a text file is in, judged by all of its bytes, and its bytes as UTF-8."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from alongside.errors import DataRefusedError
from alongside.insight.intake.files import BLOCK, open_text

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it starts with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE = 64 << 10
_OLDER = ["cp850", "mac_roman"]
"""What DOS and old Macintosh programs write. British offices write Windows-1252, of which Latin-1 is part;
the other Windows encodings look too much like it to be guessed, and must be declared."""
_ODD_INSIDE_WORDS = re.compile(rb"(?<=[A-Za-z])[\x80-\x91\x93-\x95\x98-\x9f](?=[A-Za-z\x80-\x9f,;|\t\n]|$)")
_UNDECODABLE = b"\xff"
"""Never part of UTF-8: puts a row that could not be decoded among the rejected."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_STRAY = re.compile("[\udc80-\udcff]")
_LINE_BEYOND_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


def encoding_of(path: Path) -> str:
    """Return the encoding's name: by its mark, else UTF-8 if (nearly) all of it is, else by the text's look.

    A file of UTF-8 with a few damaged bytes is still UTF-8 (those rows are rejected), because reading it as
    Windows-1252 would turn every accented name in it to rubbish.

    Raises:
        DataRefusedError: the file holds bytes that no text has.
    """
    with open_text(path) as file:
        start = file.read(_SAMPLE)
    if marked := _marked(start):
        return marked
    nuls = start.count(b"\0")
    if nuls > len(start) / 5:
        even = start[::2].count(b"\0")
        if even < nuls / 20:
            return "utf-16-le"
        if even > nuls * 0.95:
            return "utf-16-be"
    odd_controls = sum(start.count(bytes([code])) for code in (*range(1, 8), *range(14, 27)))
    if nuls + odd_controls > len(start) / 20:
        raise DataRefusedError(f"{path.name} is not text; export it as CSV, XLSX or Parquet.")
    if _is_utf8(path):
        return "utf-8"
    right, wrong, sample = _utf8_evidence(path)
    if right > 10 * wrong:
        return "utf-8"
    # What Windows-1252 has there are marks, dashes and few letters: seldom most of what is inside words.
    odd, beyond = len(_ODD_INSIDE_WORDS.findall(sample)), sum(byte > 0x7F for byte in sample)
    if odd <= beyond / 2:
        return "cp1252"
    best = from_bytes(sample, cp_isolation=_OLDER).best()
    return best.encoding if best else "cp1252"


def _is_utf8(path: Path) -> bool:
    """Say whether every byte of a file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open_text(path) as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_evidence(path: Path) -> tuple[int, int, bytes]:
    """Return how many characters beyond ASCII are UTF-8, how many bytes are not, and lines around those."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    right = wrong = 0
    sample = bytearray()
    with open_text(path) as file:
        while block := file.read(BLOCK):
            text = decoder.decode(block)
            stray = len(_STRAY.findall(text))
            right += len(_BEYOND_ASCII.findall(text)) - stray
            wrong += stray
            if stray and len(sample) < _SAMPLE:
                sample += b"\n".join(_LINE_BEYOND_ASCII.findall(block)[:1000])
    return right, wrong, bytes(sample[:_SAMPLE])


def declared_encoding(path: Path, name: str, source: str) -> str:
    """Return the encoding a source declares, where it is one and the file's own mark does not say otherwise.

    Raises:
        DataRefusedError: there is no such encoding, or the file begins with the mark of another.
    """
    try:
        "".encode(name)  # a codec of Python's that is not a text encoding fails here too
        declared = codecs.lookup(name).name
    except LookupError:
        raise DataRefusedError(
            f"The source {source} declares the encoding '{name}', which does not exist; "
            "use one that does, such as utf-8, utf-16 or cp1252."
        ) from None
    with open_text(path) as file:
        marked = _marked(file.read(4))
    if marked and not declared.startswith(marked.removesuffix("-sig")):
        raise DataRefusedError(
            f"{path.name} begins with the mark of {marked.removesuffix('-sig')}, but the source {source} "
            f"declares {declared}. Correct `encoding:` in the source's file, or leave it out."
        )
    return declared


def _marked(start: bytes) -> str | None:
    """Return the encoding whose mark a file begins with."""
    return next((encoding for mark, encoding in _MARKS.items() if start.startswith(mark)), None)


def _decoded(decoder: codecs.IncrementalDecoder, block: bytes, path: Path, encoding: str) -> bytes:
    """Return a block as UTF-8, invalid where its bytes had no meaning."""
    try:
        return decoder.decode(block).encode("utf-8", "surrogatepass")
    except UnicodeError as error:
        raise DataRefusedError(
            f"{path.name} is not in the encoding {encoding}. "
            "Correct `encoding:` in the source's file, or leave it out."
        ) from error


def utf8_blocks(path: Path, encoding: str) -> Iterator[bytes]:
    r"""Yield the text as UTF-8 with ``\n`` line ends, in blocks cut anywhere; other bytes are not UTF-8."""
    decoder = None
    if encoding not in ("utf-8", "utf-8-sig"):
        # Single bytes without a meaning, and lone halves of a UTF-16 pair, pass as what UTF-8 does not allow.
        errors = "surrogatepass" if encoding.startswith("utf") else "surrogateescape"
        decoder = codecs.getincrementaldecoder(encoding)(errors)
    held = b""
    first = True
    with open_text(path) as file:
        while block := file.read(BLOCK):
            if decoder is not None:
                block = _decoded(decoder, block, path, encoding)
            if first:
                block = block.removeprefix(codecs.BOM_UTF8)
                first = False
            block = held + block
            held = b"\r" if block.endswith(b"\r") else b""  # its "\n" may begin the next block
            block = block[: len(block) - len(held)]
            yield block.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in block else block
    if decoder is not None:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            held += _UNDECODABLE
    if held:
        yield held.replace(b"\r", b"\n")
