"""Every notebook in examples/ runs from the first cell to the last, as a reader would run it."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.ipynb"))


def test_there_is_a_notebook_to_run() -> None:
    assert "first_map.ipynb" in [path.name for path in EXAMPLES]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        # The notebook machinery warns about its own event loop and paths; what the notebook itself warns of is checked below.
        warnings.simplefilter("ignore")
        import nbformat
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.manager import AsyncKernelManager
        from nbclient import NotebookClient

        notebook = nbformat.read(path, as_version=4)
        manager = AsyncKernelManager()
        manager._kernel_spec = KernelSpec(
            argv=[sys.executable, "-W", "error::UserWarning", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="this Python", language="python")
        monkeypatch.chdir(tmp_path)
        NotebookClient(notebook, km=manager, timeout=120).execute()
    said = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in said if output.output_type == "stream" and output.name == "stderr"]
    shown = [kind for output in said for kind in output.get("data", {})]
    assert "text/html" in shown
    assert "image/svg+xml" in shown
