"""The mark of the tests that need a browser and the rules of axe."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "accessibility: needs Chromium, node and npm; `pytest -m accessibility`")
