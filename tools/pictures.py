"""Draw again the pictures that the README and the docs show: `python tools/pictures.py`. Look at each before committing it."""

from __future__ import annotations

from pathlib import Path

import agencygraph as ag

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"


def main() -> None:
    """Draw the maps of the study's cases, before, after and both."""
    from agencygraph.drawing import draw_pair

    PICTURES.mkdir(exist_ok=True)
    for name in ("peter", "james", "tina"):
        change = ag.compare(getattr(ag.cases, name)(narrative=True), ag.cases.integrated(name))
        ag.draw(change).save(PICTURES / f"{name}.svg")
        for part, drawn in zip(("before", "after"), draw_pair(change), strict=True):
            drawn.save(PICTURES / f"{name}-{part}.svg")
        print(f"{name}: drawn")


if __name__ == "__main__":
    main()
