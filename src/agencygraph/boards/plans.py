"""An action plan as a picture: the questions on the four branches of a mind map, or the cycle of the themes with their counts."""

from __future__ import annotations

from collections.abc import Sequence

from agencygraph.boards.asking import Look
from agencygraph.captions import counted, listed
from agencygraph.errors import InvalidError, UndefinedError
from agencygraph.model import ActionPlan, Case, Question
from agencygraph.model.plan import THEMES
from agencygraph.redaction import redact
from agencygraph.renderers.cycle import Stage, write_cycle
from agencygraph.renderers.leaves import bind
from agencygraph.renderers.lettering import tidy
from agencygraph.renderers.mind_map import Branch, write_mind_map
from agencygraph.renderers.notes import Note, Para
from agencygraph.renderers.sheet import Sheet
from agencygraph.themes import Theme

READY, COMPLEX, SUGGESTED = "ready consensus", "complex consensus", "suggested"
MEANT = {READY: "Ready consensus: agreed with ease", COMPLEX: "Complex consensus: touches a role or a standing",
         SUGGESTED: "Suggested by the map; no group has taken it on yet"}  # fmt: skip
MIND_MAP_SUBTITLE = "The questions that the group asks of the map, under the four themes, in their order."
CONTINUUM_SUBTITLE = "The four themes through which a group goes with its questions, one after the other, and round again."
_INKS = ("added", "strengthened", "weakened", "mixed")  # four inks that every theme keeps apart; the number says the same


def mind_map(what: ActionPlan | Case, look: Look) -> Sheet:
    """Draw a plan as a mind map: the case in the middle, four branches, and on them the questions with what is agreed.

    Raises
    ------
    UndefinedError
        Where the plan has no question.

    Source: Figures 10 to 12 of the Bexley study.

    Examples
    --------
    >>> from agencygraph import cases
    >>> mind_map(cases.james(), Look())
    Sheet('James, 11 — action plan')
    """
    plan, centre, title = _told(what, look)
    branches = [Branch(theme.capitalize(), look.theme.change(ink).ink, tuple(map(_note, _under(plan, theme))))
                for theme, ink in zip(THEMES, _INKS, strict=True)]  # fmt: skip
    lines = [_sum_up(plan)]
    for number, branch in enumerate(branches, 1):
        if branch.notes:
            lines += ["", f"{number}. {branch.title}", *(f"- {note.words}" for note in branch.notes)]
    text = look.words(title, MIND_MAP_SUBTITLE, lines)
    frame = look.frame(title, MIND_MAP_SUBTITLE, text, _key(plan, as_boxes=True))
    return bind(frame, write_mind_map(centre, branches, (frame.width, frame.room), look.theme), text)


def continuum(what: ActionPlan | Case, look: Look) -> Sheet:
    """Draw the cycle of the four themes, with how many questions fall under each, and how far consensus has come.

    Raises
    ------
    UndefinedError
        Where the plan has no question.

    Source: the continuum of the Bexley study, chapter 4, part two.

    Examples
    --------
    >>> from agencygraph import cases
    >>> print(continuum(cases.james(), Look()).text.splitlines()[4])
    1. Joint working: 3 questions; consensus not tried on 3. Then professional relationships.
    """
    plan, centre, title = _told(what, look)
    title = look.title or title.replace("action plan", "where the questions stand")
    stages = tuple(_stage(number, plan, look.theme) for number in range(len(THEMES)))
    text = look.words(title, CONTINUUM_SUBTITLE, [_sum_up(plan), "", *(stage.words for stage in stages)])
    key = (*_key(plan, as_boxes=False), *([("open", "Consensus not tried")] if any(not one.consensus for one in plan) else []))
    frame = look.frame(title, CONTINUUM_SUBTITLE, text, key)
    middle = (centre, counted(len(plan), "question"))
    return bind(frame, (write_cycle(middle, stages, (frame.width, frame.room), look.theme),), text)


def _told(what: ActionPlan | Case, look: Look) -> tuple[ActionPlan, str, str]:
    """The plan as it may be shown, the words in the middle, and the title."""
    if isinstance(what, Case):
        shown = what if look.names or what.names_published else redact(what)
        own = what.name if look.names and what.name and not what.title else ""
        centre = tidy(own) or tidy(shown.heading) or "Child"
        plan, title = shown.plan, f"{centre} — action plan"
    elif isinstance(what, ActionPlan):
        plan, centre, title = what, tidy(look.title) or "The case", "Action plan"
    else:
        raise InvalidError(f"a mind map is drawn of a plan, or of a case with a plan, not of a {type(what).__name__}.")
    if not len(plan):
        raise UndefinedError("the plan holds no question, so there is nothing to draw. agencygraph.planning.suggest(case) makes "
                             "questions of what stands out on the map, and with_suggestions(case) puts them into its plan.")
    return plan, centre, look.title or title


def _under(plan: ActionPlan, theme: str) -> tuple[Question, ...]:
    return tuple(one for one in plan if one.theme == theme)


# -------------------------------------------------------------------------------------------------------------- one question
def _note(one: Question) -> Note:
    """A question with what is proposed, who sees to it by when, and the signs of its consensus."""
    seen_to = _seen_to(one)
    paras = [Para(one.text, large=True), *(Para(f"→ {text}") for text in one.proposals if tidy(text))]
    paras += [Para(seen_to, bold=True)] if seen_to else []
    return Note(question_words(one), tuple(paras), tuple((sign, words.capitalize()) for sign, words in _signs(one)),
                heavy=one.consensus == "complex", broken=one.suggested)  # fmt: skip


def _seen_to(one: Question) -> str:
    owner, due = tidy(one.owner), f"by {one.due.words}" if one.due else ""
    return f"{owner}, {due}" if owner and due else owner or due.capitalize()


def _signs(one: Question) -> list[tuple[str, str]]:
    found = {"ready": [("ready", READY)], "complex": [("complex", COMPLEX)]}.get(one.consensus, [])
    return found + ([("suggested", SUGGESTED)] if one.suggested else [])


def question_words(one: Question) -> str:
    """Return a question with everything that is agreed about it, in one line.

    Examples
    --------
    >>> question_words(Question("joint working", "Who leads?", ("Ask the head",), owner="Head", due="2024-05", consensus="complex"))
    'Who leads? What could be done: Ask the head. Who sees to it: Head, by May 2024. Complex consensus.'
    """
    parts = [tidy(one.text)]
    proposals = [tidy(text).rstrip(".") for text in one.proposals if tidy(text)]
    parts += [f"What could be done: {'; '.join(proposals)}."] if proposals else []
    parts += [f"Who sees to it: {_seen_to(one)}."] if tidy(one.owner) else [f"{_seen_to(one)}."] if one.due else []
    return " ".join([*parts, *(f"{words.capitalize()}." for _, words in _signs(one))])


def _sum_up(plan: ActionPlan) -> str:
    """The plan in one sentence: how many questions, and of which kind."""
    kinds = _counts(plan.questions)
    return f"{counted(len(plan), 'question')}{': ' + listed(kinds) if kinds else ''}."


def _counts(questions: Sequence[Question]) -> list[str]:
    """How many questions are ready, complex and suggested; kinds of which there is none are left out."""
    many = {READY: sum(one.consensus == "ready" for one in questions),
            COMPLEX: sum(one.consensus == "complex" for one in questions),
            SUGGESTED: sum(one.suggested for one in questions)}  # fmt: skip
    return [f"{count} {kind if kind == SUGGESTED else f'with {kind}'}" for kind, count in many.items() if count]


def _key(plan: ActionPlan, *, as_boxes: bool) -> tuple[tuple[str, str], ...]:
    """What the signs mean that occur."""
    found = [("ready", MEANT[READY])] if any(one.consensus == "ready" for one in plan) else []
    if any(one.consensus == "complex" for one in plan):
        found += [("complex", MEANT[COMPLEX])]
    if plan.suggested:
        found += [("broken" if as_boxes else "suggested", MEANT[SUGGESTED])]
    return tuple(found)


# ------------------------------------------------------------------------------------------------------------------ one theme
def _stage(number: int, plan: ActionPlan, theme: Theme) -> Stage:
    """A theme of the cycle: its count, its signs, and what comes next."""
    title, following = THEMES[number], THEMES[(number + 1) % len(THEMES)]
    asked = _under(plan, title)
    told = [f"{words} on {many}" for words, kind in (("ready consensus", "ready"), ("complex consensus", "complex"),
                                                     ("consensus not tried", ""))
            if (many := sum(one.consensus == kind for one in asked))]  # fmt: skip
    suggested = sum(one.suggested for one in asked)
    told += [f"{suggested} suggested"] if suggested else []
    count = counted(len(asked), "question") if asked else "no question"
    then = "Then" if number + 1 < len(THEMES) else "And round again to"
    words = f"{number + 1}. {title.capitalize()}: {'; '.join([count, *told])}. {then} {following}."
    marks = tuple("suggested" if one.suggested and not one.consensus else one.consensus or "open" for one in asked)
    return Stage(title.capitalize(), theme.change(_INKS[number]).ink, count, tuple(told), marks, words)
