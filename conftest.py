"""Code blocks of the README and of docs/ run as tests, and so do the examples in docstrings; `ag` is at hand in all of them."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

import agencygraph

# The same examples each time, so that a change is judged by what it changed; `--hypothesis-profile=nightly` looks for new ones,
# thousands in the sweep over maps (tests/map_sweep.py).
settings.register_profile("everyday", max_examples=40, derandomize=True, deadline=None,
                          suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("brief", settings.get_profile("everyday"), max_examples=5)
settings.register_profile("nightly", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("everyday")


def _in_a_folder_of_its_own(namespace: dict[str, object]) -> None:
    """Give each document a fresh folder, as a reader has one, so that nothing is written into the project."""
    import tempfile

    folder = tempfile.TemporaryDirectory()
    namespace.update(ag=agencygraph, _folder=folder, _before=Path.cwd())
    os.chdir(folder.name)


def _back_again(namespace: dict[str, object]) -> None:
    os.chdir(namespace["_before"])  # type: ignore[arg-type]  # put there above
    namespace["_folder"].cleanup()  # type: ignore[attr-defined]  # put there above


collect_ignore = ["docs/conf.py"]  # belongs to Sphinx, which the tests do without

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    setup=_in_a_folder_of_its_own,
    teardown=_back_again,
).pytest()


@pytest.fixture(autouse=True)
def _doctest_names(doctest_namespace: dict[str, object], request: pytest.FixtureRequest, tmp_path: Path,
                   monkeypatch: pytest.MonkeyPatch) -> None:
    """Let docstring examples say `ag`, and write into a folder of their own."""
    doctest_namespace["ag"] = agencygraph
    if request.node.__class__.__name__ == "DoctestItem":
        monkeypatch.chdir(tmp_path)
