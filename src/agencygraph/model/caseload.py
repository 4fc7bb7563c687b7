"""Caseload: many cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agencygraph.errors import InvalidError, Problem
from agencygraph.model import words
from agencygraph.model.case import Case


@dataclass(frozen=True, slots=True, repr=False)
class Caseload:
    """Many cases, in order.

    Parameters
    ----------
    cases
        The cases, one for each map.
    title
        Public heading of tables; may be empty.

    Raises
    ------
    InvalidError
        For anything else than cases, or a title that is not one line of text.

    Examples
    --------
    >>> load = Caseload((Case.of(age=9, actors={"child": "child"}), Case.of(age=11, actors={"child": "child"})))
    >>> [case.heading for case in load]
    ['Child, 9', 'Child, 11']
    """

    cases: tuple[Case, ...] = ()
    title: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.cases, Case) or not isinstance(self.cases, (list, tuple)):
            raise InvalidError("a caseload is a list of cases.")
        object.__setattr__(self, "cases", tuple(self.cases))
        problems = [Problem(f"entry {at} of the caseload is {words.kind_of(case)}, not a case.", ("cases", at))
                    for at, case in enumerate(self.cases) if not isinstance(case, Case)]
        problems += words.check_text(self.title, "title")
        if problems:
            raise InvalidError(problems)

    def __iter__(self) -> Iterator[Case]:
        return iter(self.cases)

    def __len__(self) -> int:
        return len(self.cases)

    def __getitem__(self, at: int) -> Case:
        return self.cases[at]

    def __repr__(self) -> str:
        return f"Caseload({f'{self.title!r}, ' if self.title else ''}{len(self.cases)} case{'s' * (len(self.cases) != 1)})"
