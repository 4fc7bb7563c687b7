"""Tie and Gap: who passes information to whom, and where a link is said to be missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agencygraph.errors import InvalidError, Problem
from agencygraph.model import words

_MARKS = {"": "agreed", "?": "unknown", "~": "disputed"}
_SENTENCE = re.compile(r"\s*([A-Za-z0-9_]+)\s*([?~]?)(<?)([-=])(>?)\s*([A-Za-z0-9_]+)\s*")
_GAP = re.compile(r"\s*([A-Za-z0-9_]+)\s*!>\s*([A-Za-z0-9_]+)\s*")


@dataclass(frozen=True, slots=True, repr=False)
class Tie:
    """A relationship through which information passes, one way or both ways.

    Written as a sentence: ``=`` is a critical tie (bold on the map), ``-`` a peripheral one (broken); ``=>`` runs one
    way, ``<=>`` both ways. A mark before the arrow says that the group does not agree (``~``) or does not know (``?``).

    Parameters
    ----------
    source, target
        Ids of two different actors; information passes from source to target.
    strength
        critical or peripheral.
    two_way
        True where information passes both ways at the same strength.
    status
        agreed, disputed, or unknown (nobody in the room could say).
    basis
        How the tie is known: stated, part-stated, inferred, or left empty.
    note, reported_by
        Private remark, and who reported the tie.
    evidence
        Where the tie is written down: a section, a minute, a page.
    layer
        Which account of the case the tie belongs to ("narrative").

    Raises
    ------
    InvalidError
        With every field that breaks a rule.

    Examples
    --------
    >>> Tie.parse("school => social_services")
    Tie('school => social_services')
    >>> Tie("mother", "school", "peripheral", two_way=True).sentence
    'mother <-> school'
    """

    source: str
    target: str
    strength: str = "critical"
    two_way: bool = False
    status: str = "agreed"
    basis: str = ""
    note: str = ""
    evidence: str = ""
    reported_by: str = ""
    layer: str = ""

    def __post_init__(self) -> None:
        problems = words.check_id(self.source, "source") + words.check_id(self.target, "target")
        problems += words.check_word(self.strength, "strength", words.STRENGTHS)
        problems += words.check_word(self.status, "status", words.STATUSES)
        problems += words.check_word(self.basis, "basis", words.BASES) + words.check_flag(self.two_way, "two_way")
        for field in ("note", "evidence"):
            problems += words.check_text(getattr(self, field), field, lines=True)
        problems += words.check_text(self.reported_by, "reported_by") + words.check_text(self.layer, "layer")
        if not problems and self.source == self.target:
            problems.append(Problem(f"'{self.sentence}' ties '{self.source}' to itself: a tie joins two different actors."))
        if problems:
            raise InvalidError(problems)

    @classmethod
    def parse(cls, sentence: str, **fields: object) -> Tie:
        """Read a tie from its sentence, such as ``school => social_services``; further fields by name."""
        found = _SENTENCE.fullmatch(sentence) if isinstance(sentence, str) else None
        if found is None or not (found[3] or found[5]):
            raise InvalidError(f"{words.quote(sentence)} is not a tie. Write 'school => social_services' (critical, one way), "
                               "'mother <=> school' (critical, both ways), 'nurse -> school' or 'nurse <-> school' (peripheral).")
        source, mark, left, line, right, target = found.groups()
        if not right:
            source, target = target, source
        strength = "critical" if line == "=" else "peripheral"
        values = {"strength": strength, "two_way": bool(left and right), "status": _MARKS[mark], **fields}
        return cls(source, target, **values)  # type: ignore[arg-type]  # __post_init__ checks every field

    @property
    def sentence(self) -> str:
        """The tie as a sentence of the case file."""
        mark = next(mark for mark, status in _MARKS.items() if status == self.status)
        line = "=" if self.strength == "critical" else "-"
        return f"{self.source} {mark}{'<' if self.two_way else ''}{line}> {self.target}"

    @property
    def flows(self) -> tuple[tuple[str, str], ...]:
        """The ordered pairs along which information passes: one, or two for a two-way tie."""
        return ((self.source, self.target), (self.target, self.source))[: 1 + self.two_way]

    @property
    def is_critical(self) -> bool:
        """True for a critical tie, False for a peripheral one."""
        return self.strength == "critical"

    def __str__(self) -> str:
        return self.sentence

    def __repr__(self) -> str:
        return f"Tie({self.sentence!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Gap:
    """A link that the group says is missing and should exist: ``school !> family_centre``.

    Parameters
    ----------
    source, target
        Ids of two different actors: who should tell, and who should be told.
    note
        Private remark.

    Raises
    ------
    InvalidError
        With every field that breaks a rule.

    Examples
    --------
    >>> Gap.parse("school !> family_centre").target
    'family_centre'
    """

    source: str
    target: str
    note: str = ""

    def __post_init__(self) -> None:
        problems = words.check_id(self.source, "source") + words.check_id(self.target, "target")
        problems += words.check_text(self.note, "note", lines=True)
        if not problems and self.source == self.target:
            problems.append(Problem(f"'{self.sentence}' names '{self.source}' twice: a gap lies between two different actors."))
        if problems:
            raise InvalidError(problems)

    @classmethod
    def parse(cls, sentence: str, note: str = "") -> Gap:
        """Read a gap from its sentence, such as ``school !> family_centre``."""
        found = _GAP.fullmatch(sentence) if isinstance(sentence, str) else None
        if found is None:
            raise InvalidError(f"{words.quote(sentence)} is not a gap. Write 'school !> family_centre': it should tell them.")
        return cls(found[1], found[2], note)

    @property
    def sentence(self) -> str:
        """The gap as a sentence of the case file."""
        return f"{self.source} !> {self.target}"

    def __str__(self) -> str:
        return self.sentence

    def __repr__(self) -> str:
        return f"Gap({self.sentence!r})"
