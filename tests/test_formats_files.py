"""Writing: all of a file or nothing of it, no litter beside it, and one clear sentence where it cannot be."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agencygraph.errors import FileError
from agencygraph.files import _swap, replace_file, replace_files
from agencygraph.formats import read, write
from agencygraph.model import Case, Caseload

CASE = Case.of("Tina", age=4, actors={"tina": "child", "mother": "parent"}, ties=["tina <=> mother"])
POSIX = sys.platform != "win32"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(path: str, data: bytes = b"new") -> str:
    with pytest.raises(FileError) as caught:
        replace_file(path, data)
    return str(caught.value)


def test_a_file_is_written_and_replaced() -> None:
    replace_file("a.txt", b"one")
    replace_file(Path("a.txt"), b"two")
    assert Path("a.txt").read_bytes() == b"two"
    assert os.listdir() == ["a.txt"]


def test_the_folder_is_missing() -> None:
    assert said("maps/a") == "maps/a cannot be written: there is no folder 'maps'. Make the folder first, or choose another."


def test_a_folder_is_in_the_way() -> None:
    os.mkdir("a.svg")
    assert said("a.svg") == "a.svg is a folder, not a file. Give the file a name inside it."


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_a_name_that_is_no_name(name: str) -> None:
    assert "is not the name of a file" in said(name)


def test_a_name_that_is_too_long() -> None:
    assert "its name is too long. Choose a shorter one." in said("a" * 300)


def test_a_name_of_just_the_longest_is_written() -> None:
    replace_file("a" * 250, b"x")
    assert os.listdir() == ["a" * 250]


def test_a_pipe_is_not_replaced() -> None:
    if POSIX:
        os.mkfifo("pipe")
        assert said("pipe") == "pipe is not a file that can be replaced. Choose another name."


def test_permissions_stay_as_they_were() -> None:
    if POSIX:
        replace_file("a", b"one")
        os.chmod("a", 0o640)
        replace_file("a", b"two")
        assert stat.S_IMODE(os.stat("a").st_mode) == 0o640


def test_a_new_file_gets_the_rights_that_files_get_here() -> None:
    if POSIX:
        Path("plain").write_bytes(b"")
        replace_file("a", b"")
        assert os.stat("a").st_mode == os.stat("plain").st_mode


def test_a_link_goes_on_pointing_at_its_file() -> None:
    if POSIX:
        os.mkdir("deep")
        replace_file("deep/a", b"one")
        os.symlink("deep/a", "link")
        replace_file("link", b"two")
        assert os.path.islink("link")
        assert Path("deep/a").read_bytes() == b"two"


def test_a_file_that_is_read_only_stays() -> None:
    """Run where the rule can show itself: the superuser may write everything, so the child gives that up first."""
    if POSIX:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            replace_file("a", b"one")
            os.chmod("a", 0o444)
            os.mkdir("locked")
            os.chmod("locked", 0o555)  # nobody may write in it, but the child must be able to look
            os.chmod(".", 0o777)  # whoever the child becomes may write beside the file
            work = ("for path in ('a', 'locked/b'):\n    try:\n        replace_file(path, b'two')\n"
                    "    except FileError as error:\n        print(error)\n")  # fmt: skip
            first, second = _in_a_child(work, humble=True).splitlines()
            assert first == "a is marked read-only and was left as it is. Choose another name, or allow writing."
            assert second.startswith("locked/b cannot be written: you may not write there")
            assert Path("a").read_bytes() == b"one"
            assert sorted(os.listdir()) == ["a", "locked"]
            os.chdir(os.path.dirname(folder))


def test_a_full_disk_leaves_the_old_file() -> None:
    if POSIX:
        replace_file("a", b"one")
        answer = _in_a_child("import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\ntry:\n"
                             "    replace_file('a', b'x' * 5000)\nexcept FileError as error:\n    print(error)\n")  # fmt: skip
        assert answer.startswith("a cannot be written: there is no room left on the disk. Free some room, or choose another place.")
        assert answer.strip().endswith("What stood there before is unchanged.")
        assert Path("a").read_bytes() == b"one"
        assert os.listdir() == ["a"]


def test_of_several_files_all_are_new_or_none() -> None:
    if POSIX:
        replace_files({"a": b"one", "b": b"one"})
        answer = _in_a_child("import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\ntry:\n"
                             "    replace_files({'a': b'two', 'c': b'two', 'b': b'x' * 5000})\nexcept FileError as error:\n"
                             "    print(error)\n")  # fmt: skip
        assert answer.startswith("b cannot be written: there is no room left")
        assert {name: Path(name).read_bytes() for name in os.listdir()} == {"a": b"one", "b": b"one"}


def test_a_place_that_is_lost_at_the_last_step_puts_the_others_back() -> None:
    """The new content could be written, but its place is taken: by a folder, which appears under the name meanwhile."""
    replace_files({"a": b"one", "b": b"one"})
    content = _Late({"a": b"two", "new": b"two", "b": b"two"})
    with pytest.raises(FileError) as caught:
        replace_files(content)
    assert str(caught.value).startswith("b cannot be written: ")
    assert Path("a").read_bytes() == b"one"
    assert sorted(os.listdir()) == ["a", "b"]


def test_what_was_replaced_is_put_back_when_the_next_cannot_be() -> None:
    for name in ("a", "a.new", "a.old", "c.new"):
        Path(name).write_text(name, encoding="utf-8")
    fresh = {"a": "a.new", "c": "c.new", "b": "this one has gone"}
    with pytest.raises(FileNotFoundError):
        _swap({name: name for name in fresh}, fresh, {"a": "a.old"})
    assert Path("a").read_text(encoding="utf-8") == "a.old"
    assert not Path("c").exists()


class _Late(dict[str, bytes]):
    """Contents of which the last file becomes a folder while they are being written."""

    def items(self) -> Iterator[tuple[str, bytes]]:  # type: ignore[override]  # a trap for one test
        yield from super().items()
        os.unlink("b")
        os.mkdir("b")


def test_a_write_that_is_stopped_leaves_nothing() -> None:
    with pytest.raises(TypeError):
        replace_files({"a": b"one", "b": "no bytes"})  # type: ignore[dict-item]  # a fault of the caller in the middle of the work
    assert os.listdir() == []


def test_cases_go_through_the_same_door() -> None:
    for name in ("tina.yaml", "tina.yml", "tina.JSON", "tina.graphml", "tables"):
        write(CASE, name, names=True)
        assert read(name) == CASE
    write(CASE, Path("tables", "actors.csv"))
    write(CASE, "tables/")
    assert sorted(os.listdir("tables")) == ["actors.csv", "cases.csv", "ties.csv"]


def test_tables_that_cannot_be_written_leave_no_folder() -> None:
    with pytest.raises(FileError) as caught:
        write(CASE, "no/such/place")
    assert str(caught.value).startswith("the folder no/such/place cannot be made")
    Path("file").write_bytes(b"")
    with pytest.raises(FileError):
        write(CASE, Path("file", "tables"))
    assert os.listdir() == ["file"]


def test_tables_replace_three_files_or_none() -> None:
    write(CASE, "t")
    before = Path("t/cases.csv").read_bytes()
    os.unlink("t/ties.csv")
    os.mkdir("t/ties.csv")
    with pytest.raises(FileError) as caught:
        write(CASE.replace(age=5), "t")
    assert "is a folder, not a file" in str(caught.value)
    assert Path("t/cases.csv").read_bytes() == before


@pytest.mark.parametrize(("what", "path", "words"), [
    (CASE, "tina.ods", "tina.ods has an ending that is not known here. A case file ends in .yaml, .json"),
    (CASE, "tina.jsn", "Did you mean '.json'?"),
    (Caseload((CASE,)), "all.yaml", "one file holds one case. A caseload takes three tables: name a folder"),
    ("tina", "tina.yaml", "a str is not a case"),
])  # fmt: skip
def test_what_cannot_be_written(what: Case, path: str, words: str) -> None:
    with pytest.raises(FileError) as caught:
        write(what, path)
    assert words in str(caught.value)
    assert os.listdir() == []


def _in_a_child(work: str, humble: bool = False) -> str:
    """Run some lines in a Python of their own, without the rights of the superuser where `humble`."""
    start = "import os\nfrom agencygraph.errors import FileError\nfrom agencygraph.files import replace_file, replace_files\n"
    if humble and os.getuid() == 0:
        start += "os.setgid(65534)\nos.setuid(65534)\n"
    found = subprocess.run([sys.executable, "-c", start + work], capture_output=True, text=True, check=True,
                           env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)})  # fmt: skip
    return found.stdout
