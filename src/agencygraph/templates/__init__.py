"""Teams as dated templates of roles, each an editable file, and the search for who in a case could fill them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from agencygraph.errors import FileError, InvalidError, Path, UnknownNameError, did_you_mean
from agencygraph.files import Where, replace_file
from agencygraph.templates.seats import JOINS, VACANT, seat
from agencygraph.templates.template import Role, Share, Template, record_of, template_of

if TYPE_CHECKING:
    from agencygraph.formats.source import Source

__all__ = ["JOINS", "VACANT", "Role", "Share", "Template", "load", "names", "save", "seat"]

_SHIPPED = ("bexley_2005", "macpt_2026")


def names() -> tuple[str, ...]:
    """List the templates that come with the library, for `load`.

    Returns
    -------
    tuple
        Short names.

    Examples
    --------
    >>> names()
    ('bexley_2005', 'macpt_2026')
    """
    return _SHIPPED


def load(name: Where) -> Template:
    """Open a template: one that comes with the library, or your own file.

    Parameters
    ----------
    name
        One of `names`, the full title of one, or the path of a file ending in ``.yaml``.

    Returns
    -------
    Template
        The team as roles.

    Raises
    ------
    UnknownNameError
        Where there is none of that name.
    FileError
        With every fault of a file and its line.

    Examples
    --------
    >>> load("bexley_2005")
    Template('Bexley practitioner team, 2005', 5 roles)
    >>> load("Multi-agency child protection team core roles, England 2026").lead
    'social_worker'
    """
    from importlib.resources import files

    from agencygraph.formats.source import Source, open_source

    shown = os.fspath(name)
    if shown.lower().endswith((".yaml", ".yml")):
        return _read(open_source(name))
    shipped = {one: Source(f"{one}.yaml", files(__name__).joinpath(f"{one}.yaml").read_text(encoding="utf-8")) for one in _SHIPPED}
    if shown in shipped:
        return _read(shipped[shown])
    titled = {template.name: template for template in map(_read, shipped.values())}
    if shown not in titled:
        hint = did_you_mean(shown, (*_SHIPPED, *titled))
        known = f"There are: {', '.join(_SHIPPED)}; or give the path of a .yaml file."
        raise UnknownNameError(f"'{shown}' is no template.{hint} {known}")
    return titled[shown]


def save(template: Template, path: Where) -> None:
    """Write a template to a file of your own, to be changed and opened again.

    Parameters
    ----------
    template
        The team as roles.
    path
        A file ending in ``.yaml``.

    Raises
    ------
    FileError
        Where the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(load("macpt_2026"), f"{folder}/ours.yaml")
    ...     load(f"{folder}/ours.yaml") == load("macpt_2026")
    True
    """
    from agencygraph.formats.yaml_text import yaml_text

    shown = os.fspath(path)
    if not shown.lower().endswith((".yaml", ".yml")):
        raise FileError(f"{shown}: a template is kept in a file that ends in .yaml.")
    replace_file(path, yaml_text(record_of(template)).encode())


def _read(source: Source) -> Template:
    """Return the template that a text describes, every fault with its line."""
    from agencygraph.formats.tree import Fault, failure
    from agencygraph.formats.yaml_tree import read_tree

    tree = read_tree(source, _takes)
    if not isinstance(tree.value, dict):
        message = "the file holds no template. Begin with 'template: 1', name, team and roles."
        raise failure(source.shown, [*tree.faults, Fault(1, message)])
    try:
        made = template_of(tree.value)
    except InvalidError as error:
        found = [Fault(tree.line(problem.path), problem.message, problem.path) for problem in error.problems]
        raise failure(source.shown, [*tree.faults, *found]) from None
    if tree.faults:
        raise failure(source.shown, tree.faults)
    return made


def _takes(path: Path) -> str:
    """Say what the field at a path of a template holds."""
    last = path[-1] if path else ""
    if path in (("template",), ("dated",)):
        return "number" if last == "template" else "date"
    if len(path) == 3 and path[0] == "roles" and last in ("lead", "joins"):
        return "flag"
    return "decimal" if len(path) == 3 and path[0] == "workload" and last == "percent" else "text"
