"""What a user sees of the package: its names, what loading it costs, and what its words promise."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

import agencygraph as ag

SOURCE = Path(ag.__file__).parent
HEAVY = {"networkx", "pydantic", "matplotlib", "numpy", "yaml", "pandas", "scipy", "xml", "json", "typing", "dataclasses"}


def modules_after(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after some code, beyond those of bare Python."""
    script = f"import sys; before = set(sys.modules)\n{code}\nprint(chr(10).join(sorted(set(sys.modules) - before)))"
    answer = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    return set(answer.stdout.split())


def test_the_public_names_are_sorted_few_and_there() -> None:
    assert list(ag.__all__) == sorted(ag.__all__)
    assert len(ag.__all__) <= 42
    for name in ag.__all__:
        assert getattr(ag, name) is not None


def test_importing_loads_nothing_but_the_package_itself() -> None:
    loaded = modules_after("import agencygraph")
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
    assert {name for name in loaded if name.startswith("agencygraph")} == {"agencygraph"}


@pytest.mark.parametrize(("use", "allowed"), [
    ("agencygraph.Case.of(actors={'a': 'child'})", set()),
    ("agencygraph.read", set()),
    ("agencygraph.cases.peter()", {"yaml"}),
    ("agencygraph.measure(agencygraph.cases.peter())", {"yaml"}),
    ("agencygraph.compare(agencygraph.cases.peter(), agencygraph.cases.integrated('peter')).changes", {"yaml"}),
])
def test_a_first_use_loads_only_what_it_needs(use: str, allowed: set[str]) -> None:
    loaded = {name.partition(".")[0] for name in modules_after(f"import agencygraph; {use}")}
    assert loaded & {"networkx", "matplotlib", "numpy", "yaml", "pandas", "scipy", "pydantic"} <= allowed


def test_a_mistyped_name_suggests_the_nearest() -> None:
    with pytest.raises(AttributeError, match="Did you mean 'compare'"):
        _ = ag.comparee  # type: ignore[attr-defined]


def test_submodules_loaded_first_do_not_hide_the_verbs() -> None:
    """A module called like a verb would replace the verb once somebody imports the module."""
    modules = {path.stem for path in SOURCE.glob("*.py")} | {path.name for path in SOURCE.iterdir() if path.is_dir()}
    assert modules & set(ag.__all__) == {"cases", "errors", "measures", "model"}


@pytest.mark.parametrize("name", [name for name in ag.__all__ if name not in {"cases", "errors", "measures", "model"}])
def test_every_public_name_explains_itself_with_an_example(name: str) -> None:
    text = inspect.getdoc(getattr(ag, name)) or ""
    assert ">>>" in text
    assert len(text.splitlines()[0]) > 15


@pytest.mark.parametrize("nonsense", [1, "peter.yaml", None, []], ids=repr)
@pytest.mark.parametrize(("verb", "more"), [
    ("best_links", 0), ("chance", 1), ("chart", 0), ("compare", 1), ("disclosure", 0), ("draw", 0), ("findings", 0),
    ("from_networkx", 0),
    ("matrix", 0), ("measure", 0), ("network", 0), ("pseudonymise", 0), ("route", 2), ("spread", 1), ("to_networkx", 0),
    ("who_knew", 1), ("without", 1), ("write", 1), ("pack", 0), ("integrate", 1),
])  # fmt: skip
def test_nonsense_in_place_of_a_case_is_refused_in_words(verb: str, more: int, nonsense: object) -> None:
    with pytest.raises(ag.errors.AgencyGraphError, match=r"[a-z]{3,} "):
        getattr(ag, verb)(nonsense, *["a"] * more)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for found in ast.walk(ast.parse(text)):
        if isinstance(found, ast.FunctionDef):
            assert (found.end_lineno or 0) - found.lineno < 50, found.name


def test_the_package_holds_no_network_code() -> None:
    """A child's data must not be able to leave: nothing in the package imports a module that speaks to a network."""
    speaking = {"socket", "http", "urllib", "ssl", "ftplib", "smtplib", "requests", "httpx", "asyncio", "xmlrpc", "webbrowser"}
    for path in SOURCE.rglob("*.py"):
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in found.names] if isinstance(found, ast.Import) else []
            names += [found.module or ""] if isinstance(found, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in names} & speaking, path


def test_the_version_is_the_same_everywhere() -> None:
    root = SOURCE.parent.parent
    assert f'version = "{ag.__version__}"' in (root / "pyproject.toml").read_text(encoding="utf-8")
    assert f"version: {ag.__version__}" in (root / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## [{ag.__version__}]" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_notebooks_are_kept_without_outputs() -> None:
    """An output in a committed notebook could hold a path, a date, or somebody's data."""
    root = SOURCE.parent.parent
    for path in (root / "examples").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells), path.name
