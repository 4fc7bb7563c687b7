"""Leaks: a planted word is found in every form in which it can hide, and an honest file is not accused."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencygraph.errors import FileError
from agencygraph.leaks import Leak, find_leaks

NAME = "Zebedee Quillfeather"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(kind: bytes, text: bytes) -> bytes:
    packed = {b"tEXt": text, b"zTXt": b"\0" + zlib.compress(text), b"iTXt": b"\1\0\0\0" + zlib.compress(text)}[kind]
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(kind, b"Comment\0" + packed) + chunk(b"IEND", b"")


def pdf(stream: bytes, *more: bytes) -> bytes:
    streams = b"".join(b"1 0 obj\n<<>>\nstream\n" + zlib.compress(part) + b"\nendstream\nendobj\n" for part in (stream, *more))
    return b"%PDF-1.7\n" + streams


def archive(member: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(member, data)
    return file.getvalue()


CODES = "".join(f"{at:04x}" for at in range(1, len(NAME) + 1))
TABLE = "beginbfchar\n" + "".join(f"<{at:04x}> <{ord(letter):04x}>\n" for at, letter in enumerate(NAME, 1)) + "endbfchar"
RANGES = "beginbfrange\n" + "".join(f"<{at:04x}> <{at:04x}> [<{ord(letter):04x}>]\n" for at, letter in enumerate(NAME, 1))
PLANTED = {
    "plain": f"the child {NAME}, aged 9".encode(),
    "other case": NAME.upper().encode(),
    "over two lines": NAME.replace(" ", "\n   ").encode(),
    "entities": "".join(f"&#{ord(letter)};" for letter in NAME).encode(),
    "hexadecimal entities": "".join(f"&#x{ord(letter):x};" for letter in NAME).encode(),
    "JSON": ('"' + "".join(f"\\u{ord(letter):04x}" for letter in NAME) + '"').encode(),
    "tags between": b"<w:t>Zebe</w:t><w:t>dee Quill</w:t><w:t>feather</w:t>",
    "two texts": b"<text>Zebedee</text><text>Quillfeather</text>",
    "percent": quote(NAME).encode(),
    "percent, every letter": "".join(f"%{ord(letter):02X}" for letter in NAME).encode(),
    "UTF-16": NAME.encode("utf-16"),
    "UTF-16, big end first, after one byte": b"\1" + NAME.encode("utf-16-be"),
    "base64": b"data:;base64," + base64.b64encode(f"12 {NAME}, 34".encode()),
    "base64 in lines": base64.encodebytes(("x, " * 30 + NAME).encode()),
    "base64 of UTF-16": base64.b64encode(NAME.encode("utf-16-le")),
    "base64 for addresses": base64.urlsafe_b64encode(f"??>>{NAME}".encode()),
    "hexadecimal": f"id-{NAME.encode().hex()}".encode(),
    "hexadecimal UTF-16": b"<FEFF" + NAME.encode("utf-16-be").hex().upper().encode() + b">",
    "gzip": gzip.compress(NAME.encode()),
    "Word": archive("word/document.xml", f"<w:t>{NAME}</w:t>".encode()),
    "name of a packed file": archive(f"{NAME}.xml", b"nothing"),
    "archive in an archive": archive("inner.zip", archive("a.txt", NAME.encode())),
    "PNG text": png(b"tEXt", NAME.encode()),
    "PNG packed text": png(b"zTXt", NAME.encode()),
    "PNG international text": png(b"iTXt", NAME.encode()),
    "PDF stream": pdf(b"BT (" + NAME.encode() + b") Tj ET"),
    "PDF kerned": pdf(b"BT [(Zebe) -20 (dee Quill) 3.5 (feather)] TJ ET"),
    "PDF title": b"%PDF-1.7\n<</Title (\\376\\377" + NAME.encode("utf-16-be").replace(b"\0", b"\\000") + b")>>",
    "PDF glyphs": pdf(f"BT <{CODES}> Tj ET".encode(), TABLE.encode()),
    "PDF glyphs in ranges": pdf(f"BT [<{CODES}>] TJ ET".encode(), RANGES.encode()),
}  # fmt: skip


@pytest.mark.parametrize("form", list(PLANTED))
def test_a_planted_name_is_found(form: str, tmp_path: Path) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(PLANTED[form])
    found = find_leaks([NAME, "Ermintrude"], [path])
    assert found
    assert {leak.word for leak in found} == {NAME}
    assert all(NAME not in str(leak) for leak in found)
    assert find_leaks(["Ermintrude", ""], [path]) == ()


def test_names_of_files_are_read_and_folders_searched(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "zebedee quillfeather.txt").write_text("nothing")
    assert find_leaks([NAME], [tmp_path]) == (Leak(NAME, inner / "zebedee quillfeather.txt", "name of the file"),)


def test_only_whole_words_count(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("planning, Annabel, Joanna, O'Ann-Marie", encoding="utf-8")
    assert [leak.word for leak in find_leaks(["Ann", "Anna", "Lan", "Marie"], [path])] == ["Ann", "Marie"]


def test_letters_beyond_ascii_are_compared_composed_and_in_one_case(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("SIA\u0302N TY\u0302 DDEWI;سوشل", encoding="utf-8")
    assert [leak.word for leak in find_leaks(["siân", "Tŷ Ddewi", "سوشل", "سو"], [path])] == ["siân", "Tŷ Ddewi", "سوشل"]


def test_a_short_name_is_found_in_words_but_not_in_the_noise_of_packed_data(tmp_path: Path) -> None:
    noise, words = tmp_path / "a.bin", tmp_path / "a.txt"
    noise.write_bytes(b"\xff\xfe\0 Jo \xff\x80")
    words.write_text("call Jo.")
    assert [leak.path for leak in find_leaks(["Jo"], [noise, words])] == [words]


TORN = (b"PK\x03\x04 torn", b"%PDF-1.7 stream\nnone", b"\x89PNG\r\n\x1a\n\0\0\0\xffzTXt", b"\x1f\x8b torn", b"")


@pytest.mark.parametrize("data", TORN)
def test_broken_files_are_searched_as_far_as_they_go(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(data + b" Zebedee")
    found = find_leaks(["Zebedee"], [path])
    assert (found[0].form, found[0].part) == ("plain", "")


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for start in (b"", b"%PDF-1.7 stream\n", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"BT <0001> Tj ET beginbfchar <01> <"):
            path = Path(folder, "a")
            path.write_bytes(start + data)
            assert find_leaks(["Quillfeather"], [path]) == ()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        find_leaks(["Zebedee"], [tmp_path / "none"])
