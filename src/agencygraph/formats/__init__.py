"""Read and write cases: YAML for every day, JSON for programs, three tables for Excel, graph files for network tools."""

from __future__ import annotations

import os
from collections.abc import Callable

from agencygraph.errors import FileError, did_you_mean
from agencygraph.files import Where, replace_file
from agencygraph.model import Case, Caseload

__all__ = ["read", "write"]

_GRAPHS = (".graphml", ".gexf")
_SUFFIXES = (".yaml", ".yml", ".json", ".xlsx", *_GRAPHS)
_TABLES = ("cases.csv", "actors.csv", "ties.csv")
_KNOWN = ("A case file ends in .yaml, .json, .xlsx, .graphml or .gexf; three tables (cases.csv, actors.csv, ties.csv) stand in "
          "a folder.")


def read(path: Where) -> Case | Caseload:
    """Open a case that somebody wrote down, or hear everything that is wrong with the file at once.

    Parameters
    ----------
    path
        A file ending in ``.yaml``, ``.yml``, ``.json``, ``.xlsx`` (made by `write_template`), ``.graphml`` or ``.gexf``; or a
        folder that holds ``cases.csv``, ``actors.csv`` and ``ties.csv``, or one of these three.

    Returns
    -------
    Case | Caseload
        A case; a caseload where tables hold several cases, none, or bear a title.

    Raises
    ------
    FileError
        Where the file cannot be read or breaks the rules. ``problems`` holds every fault with its line (its row and column in
        a table); the message says how to mend each.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "tina.yaml")
    ...     _ = file.write_text("agencygraph: 1\\nage: 4\\nactors: {tina: child, mother: parent}\\nties: [tina <=> mother]\\n")
    ...     read(file)
    Case('Child, 4', collaboration, 2 actors, 1 tie)
    """
    shown = os.fspath(path)
    folder, name = os.path.split(shown)
    if name.lower() in _TABLES and os.path.isfile(shown):
        return _read_tables(folder or os.curdir, folder)
    if os.path.isdir(shown):
        return _read_tables(shown, shown)
    suffix = _suffix(name)
    if suffix in _GRAPHS:
        from agencygraph.formats.graph_files import read_graph_file

        return read_graph_file(path)
    if suffix == ".xlsx":
        from agencygraph.formats.case_xlsx import read_workbook

        return read_workbook(path)
    return _read_record(path, suffix)


def write(what: Case | Caseload, path: Where, *, names: bool = False) -> None:
    """Keep a case in a file, so that anybody can open it again: all of it is written, or the old file stays.

    YAML, JSON and the three tables hold everything, private names included: keep them as you keep the case. Graph files are
    for other tools and hold public words alone, unless `names` is asked for.

    Parameters
    ----------
    what
        A case, or a caseload (which needs a folder of tables).
    path
        A file ending in ``.yaml``, ``.yml``, ``.json``, ``.xlsx``, ``.graphml`` or ``.gexf``; or a folder for the three
        tables, which is made where it is missing.
    names
        True to put names, notes and the story of the case into a graph file too.

    Raises
    ------
    FileError
        Where the ending is not known, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from agencygraph.model import Case
    >>> case = Case.of("Tina", age=4, actors={"tina": "child"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(case, f"{folder}/tina.yaml")
    ...     read(f"{folder}/tina.yaml") == case
    True
    """
    shown = os.fspath(path).rstrip("/\\") or os.fspath(path)
    if not isinstance(what, (Case, Caseload)):
        raise FileError(f"{shown}: a {type(what).__name__} is not a case. A map is saved with its own save(...).")
    folder, name = os.path.split(shown)
    suffix = _suffix(name)
    if name.lower() in _TABLES:
        _write_tables(what, folder or os.curdir)
    elif (suffix == "" and name) or (suffix not in _SUFFIXES and os.path.isdir(shown)):
        _write_tables(what, shown)
    elif suffix not in _SUFFIXES:
        raise _unknown_ending(shown, suffix)
    elif isinstance(what, Caseload):
        raise FileError(f"{shown}: one file holds one case. A caseload takes three tables: name a folder, without an ending.")
    else:
        replace_file(path, _writer(suffix, names)(what))


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _unknown_ending(shown: str, suffix: str) -> FileError:
    return FileError(f"{shown} has an ending that is not known here. {_KNOWN}{did_you_mean(suffix, _SUFFIXES)}")


def _read_record(path: Where, suffix: str) -> Case:
    from agencygraph.formats.case_json import read_json
    from agencygraph.formats.case_yaml import read_yaml
    from agencygraph.formats.source import open_source

    if suffix not in _SUFFIXES and os.path.isfile(path):
        raise _unknown_ending(os.fspath(path), suffix)
    source = open_source(path)
    return read_json(source) if suffix == ".json" else read_yaml(source)


def _write_tables(what: Case | Caseload, folder: str) -> None:
    from agencygraph.formats.case_csv import write_tables

    write_tables(what, folder)


def _read_tables(folder: str, shown: str) -> Case | Caseload:
    """Read a folder of tables; one that holds none is a folder given in place of a file."""
    from agencygraph.formats.csv_drafts import read_tables

    if not os.path.isfile(os.path.join(folder, "cases.csv")):
        try:
            inside = sorted(name for name in os.listdir(folder) if name.lower().endswith(_SUFFIXES))
        except OSError:
            inside = []
        hint = f"Name a file inside it, such as {os.path.join(shown, inside[0])}." if inside else "It holds no cases.csv either."
        raise FileError(f"{shown} is a folder, not a file. {hint}")
    return read_tables(shown)


def _writer(suffix: str, names: bool) -> Callable[[Case], bytes]:
    if suffix in _GRAPHS:
        from agencygraph.formats.graph_files import graph_bytes

        return lambda case: graph_bytes(case, suffix, names=names)
    if suffix == ".xlsx":
        from agencygraph.formats.workbook_writer import whole_workbook

        return whole_workbook
    if suffix == ".json":
        from agencygraph.formats.case_json import write_json

        return lambda case: write_json(case).encode()
    from agencygraph.formats.case_yaml import write_yaml

    return lambda case: write_yaml(case).encode()
