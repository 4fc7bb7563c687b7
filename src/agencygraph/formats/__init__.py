"""Read and write cases: YAML for every day, JSON for programs, three tables for Excel, graph files for network tools."""

from __future__ import annotations

import os

from agencygraph.errors import FileError
from agencygraph.files import Where, replace_file
from agencygraph.model import Case, Caseload

__all__ = ["read", "write"]


def read(path: Where) -> Case | Caseload:
    """Open a case that somebody wrote down."""
    from agencygraph.formats.case_yaml import read_yaml
    from agencygraph.formats.source import open_source

    return read_yaml(open_source(path))


def write(what: Case | Caseload, path: Where) -> None:
    """Keep a case in a file, so that anybody can open it again."""
    from agencygraph.formats.case_yaml import write_yaml

    if not isinstance(what, Case):
        raise FileError(f"{os.fspath(path)}: one file holds one case.")
    replace_file(path, write_yaml(what).encode())
