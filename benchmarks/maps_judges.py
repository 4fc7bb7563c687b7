"""The checks of finished maps and the made-up cases, which stand with the tests: a benchmark of wrong maps is worth nothing."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from map_checks import TIPS, clean
from map_geometry import crossing_points, path_points
from map_reading import Drawing
from sketched_cases import case_of, pair_of

__all__ = ["TIPS", "Drawing", "case_of", "clean", "crossing_points", "pair_of", "path_points"]
