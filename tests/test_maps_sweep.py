"""Every hard check of a finished map holds on made-up cases of 3 to 13 actors, before and after."""

from __future__ import annotations

import pytest

from map_sweep import SHARES, sizes, sweep


@pytest.mark.parametrize("size", sizes(3, 13))
def test_every_hard_check_holds(size: int) -> None:
    sweep(size)


def test_the_everyday_sweep_is_of_at_least_three_hundred_cases_and_of_every_size() -> None:
    assert sum(SHARES.values()) >= 300
    assert list(SHARES) == list(range(3, 25))
