"""When, Event and Chronology: what was passed on, at a date known as exactly as the file says."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from agencygraph.errors import InvalidError, Problem
from agencygraph.model import words

WAYS = ("one-way", "two-way", "meeting")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_WHEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True, repr=False)
class When:
    """A date kept as exactly as it is known: a year, a month, or a day.

    Parameters
    ----------
    year
        From 1 to 9999.
    month, day
        None where they are not known; a day needs a month.

    Raises
    ------
    InvalidError
        For a date that does not exist.

    Examples
    --------
    >>> When.parse("2003-02").earliest, When.parse("2003-02").latest
    (datetime.date(2003, 2, 1), datetime.date(2003, 2, 28))
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        try:
            if self.month is None and self.day is not None:
                raise ValueError
            dt.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except (ValueError, TypeError):
            raise InvalidError(f"{self._shown()!r} is not a date. Write 2004, 2004-02 or 2004-02-14.") from None

    @classmethod
    def parse(cls, value: object) -> When:
        """Read a date from text, from a year as a number, or from a date as YAML reads it."""
        if isinstance(value, When):
            return value
        if isinstance(value, dt.date):
            return cls(value.year, value.month, value.day)
        text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
        found = _WHEN.fullmatch(text)
        if found is None:
            raise InvalidError(f"{words.quote(value)} is not a date. Write 2004, 2004-02 or 2004-02-14.")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]  # the year is there

    @property
    def earliest(self) -> dt.date:
        """The first day that it can have been."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day that it can have been."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def words(self) -> str:
        """The date as people write it.

        >>> When(2004).words, When(2004, 2).words, When(2004, 2, 14).words
        ('2004', 'February 2004', '14 February 2004')
        """
        return " ".join(str(part) for part in (self.day, _MONTHS[self.month - 1] if self.month else "", self.year) if part)

    def _shown(self) -> str:
        return "-".join(str(part) if at == 0 else f"{part:02d}" if isinstance(part, int) else str(part)
                        for at, part in enumerate((self.year, self.month, self.day)) if part is not None)

    def __str__(self) -> str:
        return f"{self.year:04d}" + "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)

    def __repr__(self) -> str:
        return f"When('{self}')"


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """Something passed on at a date: by the senders to the receivers, both ways, or among all in a meeting.

    Parameters
    ----------
    when
        A `When`, or anything that `When.parse` reads.
    senders, receivers
        Ids of actors. In a meeting all are senders and receivers may be empty.
    seq
        Orders events that carry the same date.
    way
        one-way, two-way or meeting.
    note
        Private remark.
    evidence
        Where it is written down.

    Raises
    ------
    InvalidError
        With every field that breaks a rule.

    Examples
    --------
    >>> Event("2004", senders=("school",), receivers=("social_services",))
    Event(2004: school -> social_services)
    """

    when: When
    senders: tuple[str, ...]
    receivers: tuple[str, ...] = ()
    seq: int = 0
    way: str = "one-way"
    note: str = ""
    evidence: str = ""

    def __post_init__(self) -> None:
        problems: list[Problem] = []
        try:
            object.__setattr__(self, "when", When.parse(self.when))
        except InvalidError as error:
            problems += [p.within("when") for p in error.problems]
        for field in ("senders", "receivers"):
            value = getattr(self, field)
            value = (value,) if isinstance(value, str) else value
            if not isinstance(value, (list, tuple)):
                problems.append(Problem(f"{field} must be a list of actors.", (field,)))
                continue
            object.__setattr__(self, field, tuple(value))
            problems += [Problem(p.message, (field,)) for who in value for p in words.check_id(who, field)]
        problems += words.check_word(self.way, "way", WAYS)
        problems += words.check_text(self.note, "note", lines=True) + words.check_text(self.evidence, "evidence", lines=True)
        if isinstance(self.seq, bool) or not isinstance(self.seq, int) or abs(self.seq) > 10**9:
            problems.append(Problem(f"seq is {words.quote(self.seq)}; it must be a whole number, such as 1 or 2.", ("seq",)))
        if not any(problem.path[0] in ("senders", "receivers", "way") for problem in problems):
            problems += self._check_parties()
        if problems:
            raise InvalidError(problems)

    def _check_parties(self) -> list[Problem]:
        """Check who took part, once it is clear that they are actors at all."""
        if self.way == "meeting":
            few = len(self.parties) < 2
            return [Problem("a meeting needs at least two actors among its senders.", ("senders",))] if few else []
        if not self.senders or not self.receivers:
            return [Problem("an event needs senders and receivers.", ("senders",))]
        if set(self.senders) & set(self.receivers):
            return [Problem("an actor cannot be sender and receiver of one event.", ("receivers",))]
        return []

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody who took part, each once, in the order named."""
        return tuple(dict.fromkeys(self.senders + self.receivers))

    def __repr__(self) -> str:
        arrow = {"one-way": "->", "two-way": "<->", "meeting": ""}[self.way]
        ends = ", ".join(self.senders), ", ".join(self.receivers)
        return f"Event({self.when}: {f' {arrow} '.join(ends) if arrow else 'meeting of ' + ', '.join(self.parties)})"


@dataclass(frozen=True, slots=True, repr=False)
class Chronology:
    """What was passed on and when, in the order of the file.

    Parameters
    ----------
    events
        Each an `Event`; those of one date may be put in order by their `seq`.

    Raises
    ------
    InvalidError
        For anything else than events.

    Examples
    --------
    >>> len(Chronology((Event("2004", ("school",), ("social_services",)),)))
    1
    """

    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.events, (list, tuple)) or not all(isinstance(event, Event) for event in self.events):
            raise InvalidError("a chronology is a list of events.")
        object.__setattr__(self, "events", tuple(self.events))

    def __len__(self) -> int:
        return len(self.events)

    def __repr__(self) -> str:
        return f"Chronology({len(self.events)} events)"
