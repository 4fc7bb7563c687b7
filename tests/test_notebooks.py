"""Every notebook in examples/ runs from the first cell to the last, as a reader would run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.ipynb"))

# The notebook machinery warns about its own sockets on closing, so it runs in a process of its own.
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=120).execute()
nbformat.write(notebook, "executed.ipynb")
"""


def test_there_is_a_notebook_to_run() -> None:
    assert "first_map.ipynb" in [path.name for path in EXAMPLES]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    settings = {**os.environ, "PYTHONWARNINGS": "ignore", "IPYTHONDIR": str(tmp_path / "ipython")}
    run = subprocess.run([sys.executable, "-c", RUN, str(path)], cwd=tmp_path, env=settings, capture_output=True, text=True,
                         check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    cells = json.loads((tmp_path / "executed.ipynb").read_text(encoding="utf-8"))["cells"]
    said = [output for cell in cells for output in cell.get("outputs", [])]
    assert not [output for output in said if output["output_type"] == "stream" and output["name"] == "stderr"]
    shown = {kind for output in said for kind in output.get("data", {})}
    assert {"text/html", "image/svg+xml"} <= shown
