"""Leaks: words that must not leave, looked for in finished files in every form in which they can hide there."""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from agencygraph.errors import FileError
from agencygraph.files import Where

ENCODED_LEAST = 4  # shorter words stand in encoded data by chance
_DEEPEST = 4  # archives within archives
_PNG, _ZIP, _GZIP = b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\x1f\x8b"
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_PERCENT = re.compile(rb"[%=]([0-9a-fA-F]{2})")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{8,}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}[\s]*){4,}")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TEXT_SHOWN = re.compile(rb"<([0-9a-fA-F\s]+)>|\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_ONE_BY_ONE = re.compile(rb"beginbfchar(.*?)(?:endbfchar|$)", re.DOTALL)
_IN_RANGES = re.compile(rb"beginbfrange(.*?)(?:endbfrange|$)", re.DOTALL)
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F\s]*)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:<([0-9a-fA-F\s]+)>|\[([^\]]*)\])")


@dataclass(frozen=True, slots=True)
class Leak:
    """A word that stands in a file: which word, which file, in what form, in which part of the file (empty: the file itself).

    Parameters
    ----------
    word
        The word that was found.
    path
        The file.
    form
        How it stands there: plain, escaped, in base64 and so on.
    part
        Which part of a file that holds others, such as a Word file; empty for the file itself.
    """

    word: str
    path: Path
    form: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.path}: the word stands there ({self.form}{f', in {self.part}' if self.part else ''})"


def find_leaks(words: Iterable[str], paths: Iterable[Where]) -> tuple[Leak, ...]:
    """Say which private words stand in files that are about to be handed round: names, ids, telephone numbers.

    Looks at names of files and at their contents, whole and unpacked (Word, Excel, PDF, pictures' texts), for each word in any
    case: plain, escaped, percent-encoded, in base64, in hexadecimal, in UTF-16. It does not read pixels, and words of one to
    three letters are not looked for in packed or encoded data, where they would stand by chance. Only whole words
    count: "Ann" does not stand in "planning".

    Parameters
    ----------
    words
        What must not be there; empty words are passed over.
    paths
        Files, or folders with all that is in them.

    Returns
    -------
    tuple of Leak
        One for each word, file, part and form; none where nothing was found. The message of a leak does not repeat the word.

    Raises
    ------
    FileError
        Where a file does not exist or cannot be read.

    Examples
    --------
    >>> _ = Path("note.html").write_text("<p>Zebedee &amp; Co</p>", encoding="utf-8")
    >>> [(leak.word, leak.form) for leak in find_leaks(["zebedee & co", "Ermintrude"], ["note.html"])]
    [('zebedee & co', 'escaped')]
    """
    wanted = {word: _folded(word) for word in words if _folded(word)}
    found: list[Leak] = []
    for path in _files(paths):
        name = _folded(path.name)
        found += [Leak(word, path, "name of the file") for word, folded in wanted.items() if _stands(folded, name)]
        for part, data in _parts(_read(path), "", 0):
            found += [Leak(word, path, form, part) for word, form in _readings(data, wanted)]
    return tuple(dict.fromkeys(found))


def _readings(data: bytes, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Which words stand in bytes, each with the plainest form in which it does."""
    left = dict(wanted)
    is_text = _is_text(data)
    for form, text in _forms(data):
        sure = is_text and form in _ALWAYS
        for word in [word for word, folded in left.items() if (sure or len(folded) >= ENCODED_LEAST) and _stands(folded, text)]:
            del left[word]
            yield word, form


_ALWAYS = ("plain", "escaped", "without tags")


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def _files(paths: Iterable[Where]) -> Iterator[Path]:
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from sorted(inner for inner in path.rglob("*") if inner.is_file())
        else:
            yield path


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or type(error).__name__}.") from None


# --------------------------------------------------------------------------------------------------------- parts within a file
def _parts(data: bytes, name: str, depth: int) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and whatever is packed in them."""
    yield name, data
    inner: Iterable[tuple[str, bytes]] = ()
    if depth >= _DEEPEST:
        return
    if data.startswith(_ZIP):
        inner = _zipped(data)
    elif data.startswith(_GZIP):
        inner = [("the packed file", _inflated(data, 31))]
    elif data.startswith(_PNG):
        inner = _chunks(data)
    elif data.startswith(b"%PDF"):
        inner = _streams(data)
    for part, content in inner:
        yield from _parts(content, f"{name}: {part}" if name else part, depth + 1)


def _zipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield "a packed file's name", member.filename.encode("utf-8")
                yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, RuntimeError, zlib.error, NotImplementedError):
        return  # the bytes themselves are searched all the same


def _inflated(data: bytes, kind: int = 15) -> bytes:
    """Deflated bytes as they were, as far as they go."""
    unpacker = zlib.decompressobj(kind)
    made = bytearray()
    try:
        for at in range(0, len(data), 65536):
            made += unpacker.decompress(data[at : at + 65536])
    except zlib.error:
        pass
    return bytes(made)


def _chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The texts in a PNG, unpacked; the pixels are left out."""
    at = len(_PNG)
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            packed = content.find(b"x", content.find(b"\0") + 1)
            words = _inflated(content[packed:]) if packed >= 0 and kind != b"tEXt" else b""
            yield f"{kind.decode()} text", words or content.replace(b"\0", b"\n")
        at += size + 12


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The streams of a PDF, unpacked; its strings; and the words on its pages as its own tables of letters spell them."""
    plain = [_inflated(found[1]) or found[1] for found in _STREAM.finditer(data)]
    for number, content in enumerate(plain, 1):
        yield f"stream {number}", content
    bodies = [_STREAM.sub(b"", data), *(content for content in plain if b"/Type" in content)]
    yield "strings", "\n".join(_string(*found) for body in bodies for found in _TEXT_SHOWN.findall(body)).encode("utf-8", "replace")
    tables = [{at: chr(at) for at in range(256)}]
    tables += [table for content in plain if b"beginbf" in content for table in [_letters(content)] if table]
    for content in plain:
        if b"BT" in content and b"ET" in content:
            for at, table in enumerate(tables):
                yield "text of a page", _spelled(content, table, 2 if at else 1).encode("utf-8", "replace")


def _string(digits: bytes, literal: bytes) -> str:
    """A string of a PDF outside its pages: its title, its alternative texts."""
    codes = _unhex(digits) if digits else _unescaped(literal)
    return codes[2:].decode("utf-16-be", "replace") if codes.startswith(b"\xfe\xff") else codes.decode("latin-1")


def _letters(content: bytes) -> dict[int, str]:
    """Which code of a PDF's font stands for which letters."""
    pairs = [pair for section in _ONE_BY_ONE.findall(content) for pair in _PAIR.findall(section)]
    table = {int(code, 16): _utf16(text) for code, text in pairs}
    for first, last, text, several in [found for section in _IN_RANGES.findall(content) for found in _RANGE.findall(section)]:
        start, letters = int(first, 16), _utf16(text)
        if several:
            table.update((start + at, _utf16(code)) for at, code in enumerate(re.findall(rb"<([0-9a-fA-F\s]+)>", several)))
        elif letters:
            count = min(65536, int(last, 16) - start + 1)
            table.update((start + at, letters[:-1] + chr(min(ord(letters[-1]) + at, 0x10FFFF))) for at in range(count))
    return table


def _utf16(digits: bytes) -> str:
    return _unhex(digits).decode("utf-16-be", "replace")


def _unhex(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex(plain[: len(plain) // 2 * 2].decode("ascii"))


def _spelled(content: bytes, table: dict[int, str], wide: int) -> str:
    """The words of a page, in codes of one or two bytes; what one operator shows belongs together."""
    shown: list[str] = []
    for piece in re.split(rb"T[jJ]", content):
        for digits, literal in _TEXT_SHOWN.findall(piece):
            codes = _unhex(digits) if digits else _unescaped(literal)
            shown += [table.get(int.from_bytes(codes[at : at + wide], "big"), " ") for at in range(0, len(codes) - wide + 1, wide)]
        shown.append(" ")
    return "".join(shown)


_LITERAL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _unescaped(literal: bytes) -> bytes:
    def meant(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[1], 8) & 255]) if found[1].isdigit() else _LITERAL.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", meant, literal, flags=re.DOTALL)


# ------------------------------------------------------------------------------------------------- forms in which words can hide
def _forms(data: bytes) -> Iterator[tuple[str, str]]:
    """Every way to read bytes as words, the plainest first; each is folded for comparing."""
    text = data.decode("utf-8", "replace")
    yield "plain", _folded(text)
    loose = html.unescape(_ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text))
    yield "escaped", _folded(loose)
    for between in ("", " "):
        yield "without tags", _folded(html.unescape(_TAG.sub(between, text)))
    if b"%" in data or b"=" in data:
        yield "percent-encoded", _folded(_PERCENT.sub(lambda found: bytes([int(found[1], 16)]), data).decode("utf-8", "replace"))
    yield "other alphabet", _folded(data.decode("cp1252", "replace"))
    for codec in ("utf-16-le", "utf-16-be"):
        for at in (0, 1):
            yield "UTF-16", _folded(data[at:].decode(codec, "replace"))
    for run in _HEX.findall(data):
        digits = b"".join(run.split())
        for at in (0, 1):
            yield from _both("hexadecimal", _unhex(digits[at:]))
    for run in _BASE64.findall(re.sub(rb"[\r\n]+", b"", data)):
        for at in range(4):
            yield from _both("base64", _unbase64(run[at:]))


def _both(form: str, data: bytes) -> Iterator[tuple[str, str]]:
    yield form, _folded(data.decode("utf-8", "replace"))
    for codec in ("utf-16-le", "utf-16-be"):
        yield form, _folded(data.decode(codec, "replace"))


def _unbase64(run: bytes) -> bytes:
    """A run of base64 as it was, whichever of its two alphabets it is written in."""
    import binascii

    digits = run.replace(b"-", b"+").replace(b"_", b"/")
    return binascii.a2b_base64(digits + b"A" * (-len(digits) % 4))


def _folded(text: str) -> str:
    """Words for comparing: in one case, composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())


def _stands(word: str, text: str) -> bool:
    """Say whether a word stands in a text as a whole."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not _joins(before, word[0]) and not _joins(word[-1], after):
            return True
        at = text.find(word, at + 1)
    return False



def _joins(one: str, two: str) -> bool:
    """Say whether two neighbours belong to one word: letters or figures of alike alphabets, not the noise round packed words."""
    return one.isalnum() and two.isalnum() and (one < "\u0370") == (two < "\u0370")
