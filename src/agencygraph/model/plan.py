"""ActionPlan and Question: what a group asks of a map, and what it agrees to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agencygraph.errors import InvalidError, Problem
from agencygraph.model import words
from agencygraph.model.chronology import When

THEMES = ("joint working", "professional relationships", "organisational issues", "practice issues")
CONSENSUS = ("", "ready", "complex")


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """One question that a group asks of a map, and what it proposes to do.

    Parameters
    ----------
    theme
        joint working, professional relationships, organisational issues or practice issues.
    text
        The question itself.
    proposals
        What could be done, one by one.
    owner
        Who sees to it: a role rather than a name.
    due
        By when; a `When` or anything that `When.parse` reads. None where no date is set.
    consensus
        ready (agreed with ease), complex (touches somebody's role or standing), or empty where it has not been tried.
    suggested
        True where the library made it from a finding and no group has taken it on yet.
    evidence
        What it rests on: ties in words, a section, a minute.

    Raises
    ------
    InvalidError
        With every field that breaks a rule.

    Source: the four themes of the Bexley study, chapter 4, part two; ready and complex consensus, part three and Figure 13.

    Examples
    --------
    >>> Question("joint working", "Who tells the school?", ("A weekly call",), owner="Social worker", due="2024-05")
    Question(joint working: Who tells the school?)
    """

    theme: str
    text: str
    proposals: tuple[str, ...] = ()
    owner: str = ""
    due: When | None = None
    consensus: str = ""
    suggested: bool = False
    evidence: str = ""

    def __post_init__(self) -> None:
        problems = words.check_word(self.theme, "theme", THEMES) + words.check_word(self.consensus, "consensus", CONSENSUS)
        problems += words.check_text(self.text, "text", lines=True) + words.check_text(self.evidence, "evidence", lines=True)
        if isinstance(self.text, str) and not self.text.strip():
            problems.append(Problem("a question needs its text: 'text: Who tells the school?'.", ("text",)))
        problems += words.check_text(self.owner, "owner") + words.check_flag(self.suggested, "suggested")
        problems += self._take_proposals()
        if self.due is not None:
            try:
                object.__setattr__(self, "due", When.parse(self.due))
            except InvalidError as error:
                problems += [p.within("due") for p in error.problems]
        if problems:
            raise InvalidError(problems)

    def _take_proposals(self) -> list[Problem]:
        value = (self.proposals,) if isinstance(self.proposals, str) else self.proposals
        if not isinstance(value, (list, tuple)):
            return [Problem(f"proposals must be a list of texts; it is {words.kind_of(value)}.", ("proposals",))]
        object.__setattr__(self, "proposals", tuple(value))
        return [p.within("proposals", at) for at, text in enumerate(value)
                for p in words.check_text(text, "a proposal", lines=True)]

    def __repr__(self) -> str:
        return f"Question({self.theme}: {self.text}{', suggested' if self.suggested else ''})"


@dataclass(frozen=True, slots=True, repr=False)
class ActionPlan:
    """The questions that a group asks of a map, in its own order, each once.

    Parameters
    ----------
    questions
        Each a `Question`; an empty plan has none.

    Raises
    ------
    InvalidError
        Where two questions have the same theme and text.

    Examples
    --------
    >>> plan = ActionPlan((Question("practice issues", "Who keeps the record?"), Question("joint working", "Who leads?")))
    >>> [(theme, len(questions)) for theme, questions in plan.by_theme()]
    [('joint working', 1), ('practice issues', 1)]
    """

    questions: tuple[Question, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.questions, (list, tuple)) or not all(isinstance(one, Question) for one in self.questions):
            raise InvalidError("a plan is a list of questions.")
        object.__setattr__(self, "questions", tuple(self.questions))
        seen: set[tuple[str, str]] = set()
        problems = []
        for at, one in enumerate(self.questions):
            if (one.theme, one.text) in seen:
                problems.append(Problem(f"the question {words.quote(one.text)} stands twice under {one.theme}; keep one.", (at,)))
            seen.add((one.theme, one.text))
        if problems:
            raise InvalidError(problems)

    def by_theme(self) -> Iterator[tuple[str, tuple[Question, ...]]]:
        """Yield each theme that has questions, in the order of the continuum, with its questions."""
        for theme in THEMES:
            asked = tuple(one for one in self.questions if one.theme == theme)
            if asked:
                yield theme, asked

    @property
    def suggested(self) -> tuple[Question, ...]:
        """The questions that no group has taken on yet."""
        return tuple(one for one in self.questions if one.suggested)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    def __getitem__(self, at: int) -> Question:
        return self.questions[at]

    def __repr__(self) -> str:
        return f"ActionPlan({len(self.questions)} question{'s' * (len(self.questions) != 1)})"
