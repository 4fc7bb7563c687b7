"""The case file of every day: YAML that a person reads, writes and mends."""

from __future__ import annotations

from agencygraph.formats.source import Source
from agencygraph.formats.tree import VERSION, case_from
from agencygraph.model import Case
from agencygraph.model.record import record_of


def read_yaml(source: Source) -> Case:
    """Return the case that a YAML text describes, or one error with everything that is wrong with it, line by line.

    Raises
    ------
    FileError
        With the file, the line and the mending of every fault.

    Examples
    --------
    >>> read_yaml(Source("t.yaml", "agencygraph: 1\\nage: 4\\nactors:\\n  tina: child\\n"))
    Case('Child, 4', collaboration, 1 actor, 0 ties)
    """
    from agencygraph.formats.yaml_tree import read_tree

    return case_from(source.shown, read_tree(source), "'agencygraph: 1'")


def write_yaml(case: Case) -> str:
    """Return a case as the text of its file; `read_yaml` gives back an equal case.

    Examples
    --------
    >>> print(write_yaml(Case.of(age=4, actors={"tina": "child", "mother": "parent"}, ties=["tina <=> mother"])), end="")
    agencygraph: 1
    age: 4
    <BLANKLINE>
    actors:
      tina: child
      mother: parent
    <BLANKLINE>
    ties:
      - tina <=> mother
    """
    from agencygraph.formats.yaml_text import yaml_text

    return yaml_text({"agencygraph": VERSION, **record_of(case)})
