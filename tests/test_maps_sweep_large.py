"""Every hard check of a finished map holds on made-up cases of 14 to 24 actors, before and after.

A file of its own, so that the second half of the sweep runs on another core.
"""

from __future__ import annotations

import pytest

from map_sweep import sizes, sweep


@pytest.mark.parametrize("size", sizes(14, 24))
def test_every_hard_check_holds(size: int) -> None:
    sweep(size)
