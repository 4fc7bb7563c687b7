"""Chart: a finished chart that can be seen, read aloud, taken as a table, and saved."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from agencygraph.charts.page import Page
from agencygraph.errors import FileError
from agencygraph.files import Where, replace_file
from agencygraph.table import Table


@dataclass(frozen=True, slots=True, repr=False)
class Chart:
    """A finished chart: the same facts as a picture, in words, and as a table. Made by `chart`.

    Attributes
    ----------
    title
        Its heading.
    alt
        The chart in words, with every number that it shows: the text for those who cannot see the picture.
    table
        Every number as a `Table`, with the names behind it.
    page
        Which bars and words stand where.

    Examples
    --------
    >>> from agencygraph import cases
    >>> from agencygraph.charts import chart
    >>> print(chart(cases.peter(), "isolation").alt.splitlines()[2])
    School with SENCO, School nurse: isolation over any tie 1.00 (hears from 0 of 3), over firm ties 1.00 (hears from 0 of 3).
    """

    title: str
    alt: str
    table: Table
    page: Page

    @property
    def svg(self) -> str:
        """The picture as SVG: its letters are outlines, its title and description hold the words."""
        from agencygraph.charts.printing import print_svg

        return print_svg(self.page)

    @property
    def png(self) -> bytes:
        """The picture as PNG, 200 pixels to the inch, with the words inside as its description."""
        from agencygraph.charts.printing import print_png

        return print_png(self.page)

    def save(self, path: Where) -> Path:
        """Write the chart to a file whose ending says how: ``.svg`` or ``.png``; return its path.

        The file is whole or not there; an older file of the name is replaced.

        Raises
        ------
        FileError
            For another ending, a folder that does not exist, or a place that cannot be written to.
        """
        target = Path(path)
        ending = target.suffix.lower()
        if ending not in (".svg", ".png"):
            raise FileError(f"'{target.name}' does not say how to save the chart: end the name in .svg (sharp at any size) or .png "
                            "(for Word and e-mail). The table saves itself: chart.table.to_csv(path).")
        replace_file(target, self.svg.encode("utf-8") if ending == ".svg" else self.png)
        return target

    def __repr__(self) -> str:
        rows = len(self.table)
        return f"Chart({self.title!r}, {rows} row{'s' * (rows != 1)})"

    def __str__(self) -> str:
        return self.alt

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_mimebundle_(self, include: Collection[str] | None = None, exclude: Collection[str] | None = None) -> dict[str, str]:
        """Give notebooks the picture, and the words to those that show none."""
        makers: dict[str, Callable[[], str]] = {"image/svg+xml": lambda: self.svg, "text/plain": lambda: self.alt}
        return {kind: make() for kind, make in makers.items() if (not include or kind in include) and kind not in (exclude or ())}
