"""Read and write a caseload: a folder of case files, three tables, JSON lines, or Parquet."""

from __future__ import annotations

import os

from agencygraph.errors import FileError, InvalidError, Problem
from agencygraph.files import Where
from agencygraph.model import Case, Caseload

LINES = (".jsonl", ".ndjson")
TABLES = ".parquet"
CASE_FILES = (".yaml", ".yml", ".json")
_KNOWN = ("A caseload is a folder of case files (.yaml, .json), a folder of three tables (cases.csv, actors.csv, ties.csv), "
          "a .jsonl file with a case on each line, or a .parquet file with a case in each row (or a folder of such files).")


def read_caseload(path: Where) -> Caseload:
    """Open many cases at once, or hear of everything that is wrong with any of them.

    Parameters
    ----------
    path
        A folder of case files (read in the order of their names), a folder of the three tables, a ``.jsonl`` file with one
        record a line, a ``.parquet`` file with one row a case (needs the extra `caseload`), or a single case file.

    Returns
    -------
    Caseload
        The cases in the order of their files or rows.

    Raises
    ------
    FileError
        With the file, and the line or the row and column, of every fault.
    MissingExtraError
        For Parquet, where pyarrow is not installed.

    Examples
    --------
    >>> import tempfile
    >>> case = Case.of(age=4, actors={"tina": "child", "mother": "parent"}, ties=["tina <=> mother"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_caseload(Caseload((case, case), "Spring"), f"{folder}/spring.jsonl")
    ...     read_caseload(f"{folder}/spring.jsonl")
    Caseload('Spring', 2 cases)
    """
    shown = os.fspath(path)
    suffix = os.path.splitext(shown)[1].lower()
    if os.path.isdir(shown) and not os.path.isfile(os.path.join(shown, "cases.csv")):
        return _read_folder(shown)
    if suffix in LINES:
        from agencygraph.caseloads.json_lines import read_json_lines

        return read_json_lines(path)
    if suffix == TABLES:
        from agencygraph.caseloads.parquet import read_parquet

        return read_parquet(path)
    from agencygraph.formats import read

    found = read(path)
    return found if isinstance(found, Caseload) else Caseload((found,))


def write_caseload(load: Caseload, path: Where) -> None:
    """Keep many cases: in a ``.jsonl`` file, in a folder of three tables, or, without any name, in a ``.parquet`` file.

    JSON lines and tables hold everything, private names included. Parquet holds what is analysed and nothing else.

    Parameters
    ----------
    load
        The cases.
    path
        A file ending in ``.jsonl`` or ``.parquet``, or a folder without an ending.

    Raises
    ------
    FileError
        Where the ending is not known, or the file cannot be written.
    MissingExtraError
        For Parquet, where pyarrow is not installed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_caseload(Caseload((Case.of(age=4),)), f"{folder}/tables")
    ...     read_caseload(f"{folder}/tables")
    Caseload(1 case)
    """
    shown = os.fspath(path)
    suffix = os.path.splitext(shown)[1].lower()
    if suffix in LINES:
        from agencygraph.caseloads.json_lines import write_json_lines

        write_json_lines(load, path)
    elif suffix == TABLES:
        from agencygraph.caseloads.parquet import write_parquet

        write_parquet(load, path)
    elif suffix:
        raise FileError(f"{shown} has an ending that no caseload has. {_KNOWN}")
    else:
        from agencygraph.formats import write

        write(load, path)


def _read_folder(shown: str) -> Caseload:
    """Read every case file of a folder, in the order of their names, and collect what is wrong with any."""
    from agencygraph.formats import read

    names = sorted(name for name in os.listdir(shown) if name.lower().endswith(CASE_FILES) and not name.startswith("."))
    if not names and any(name.lower().endswith(TABLES) for name in os.listdir(shown)):
        from agencygraph.caseloads.parquet import read_parquet

        return read_parquet(shown)
    if not names:
        raise FileError(f"{shown} holds no case file. {_KNOWN}")
    problems: list[Problem] = []
    cases: list[Case] = []
    for name in names:
        try:
            found = read(os.path.join(shown, name))
            cases += [found] if isinstance(found, Case) else found
        except InvalidError as error:
            problems += error.problems
    if problems:
        raise FileError(problems)
    return Caseload(tuple(cases))
