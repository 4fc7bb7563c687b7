"""A pathway as a lane of numbered steps, or two pathways side by side, with what each of them takes."""

from __future__ import annotations

from collections.abc import Mapping

from agencygraph.boards.asking import Look
from agencygraph.captions import listed, moments_of
from agencygraph.comparison import Comparison
from agencygraph.errors import InvalidError
from agencygraph.model import Case
from agencygraph.pathways import Step, pathway_figures, steps_of
from agencygraph.redaction import redact, redact_pair
from agencygraph.renderers.lanes import Lane, texts, write_lanes
from agencygraph.renderers.leaves import bind
from agencygraph.renderers.lettering import tidy
from agencygraph.renderers.notes import Note, Para
from agencygraph.renderers.sheet import Sheet
from agencygraph.staging import labels_of

SUBTITLE = "Who does what to whom, step by step, and what it takes. At a concern, form or referral the matter passes on."
UNTOLD = "Hand-offs, forms and chases are not counted: no step says which it is."
_ANYWAY = ("steps", "most messages by one", "family told by")  # what can be counted of any chronology
_SHORT = ("steps", "hand-offs", "longest chain of hand-offs")  # what is told in one line


def lanes(what: Case | Comparison, look: Look) -> Sheet:
    """Draw a case's chronology as a lane of numbered steps, with what it takes; of a comparison both lanes side by side.

    Raises
    ------
    UndefinedError
        Where a case has no chronology.

    Source: the two pathways of the Bexley study, Appendix 9; the figures are ours.

    Examples
    --------
    >>> from agencygraph import cases
    >>> print(lanes(cases.pathway("today"), Look()).text.splitlines()[5])
    - 1. Concern. Member of staff to Head teacher: reports what gave rise to worry.
    """
    shown = _shown(what, look)
    found = tuple(_lane(case, title, look) for case, title in zip(shown, titles_of(shown), strict=True))
    title = f"{found[0].title}, beside {_lowered(found[1].title)}" if len(found) > 1 else f"{found[0].title} — step by step"
    text = look.words(title, SUBTITLE, list(texts(found)))
    frame = look.frame(title, SUBTITLE, text, ())  # no key: its words stand beside every sign
    return bind(frame, write_lanes(found, (frame.width, frame.room), look.theme), text)


def _shown(what: Case | Comparison, look: Look) -> tuple[Case, ...]:
    """The case or the two cases, with the names of their actors taken out of the texts unless they were asked for."""
    if isinstance(what, Case):
        return (what if look.names or what.names_published else redact(what),)
    if not isinstance(what, Comparison):
        raise InvalidError(f"lanes are drawn of a case with a chronology, or of a comparison of two, not of {type(what).__name__}.")
    return (what.before, what.after) if look.names else redact_pair(what.before, what.after)


def titles_of(cases: tuple[Case, ...]) -> list[str]:
    """Return the title of each pathway; where both have one, before and after with how the services work."""
    titles = [tidy(case.heading) or "Child" for case in cases]
    if len(set(titles)) < len(titles):
        return list(moments_of(*cases))
    return titles


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _lane(case: Case, title: str, look: Look) -> Lane:
    labels = labels_of(case, look.names)
    steps = steps_of(case)
    dates = {step.when for step in steps}
    notes = tuple(_note(step, labels, dated=len(dates) > 1) for step in steps)
    told = any(step.act for step in steps)
    figures = figures_of(case, look.names)
    short = "; ".join(f"{figure}: {said}" for figure, said in figures if figure in _SHORT)
    paras = [Para("What it takes", large=True, bold=True), Para(short.capitalize()), *([] if told else [Para(UNTOLD)])]
    paras += [Para(f"{figure.capitalize()}: {said}") for figure, said in figures if figure not in _SHORT]
    said = f"What it takes. {'; '.join(para.words for para in paras[1:])}."
    return Lane(title, notes, Note(said, tuple(paras)))


def figures_of(case: Case, names: bool) -> list[tuple[str, str]]:
    """Return what a pathway takes, figure by figure, each with who is concerned: "4 (Head teacher to Health)".

    >>> from agencygraph import cases
    >>> figures_of(cases.pathway("alternative"), False)[2]
    ('forms', '1 (Head teacher to Liaison person)')
    """
    # Where no step says what is done, a 0 would say that there are no forms, and nobody knows.
    told = any(step.act for step in steps_of(case))
    return [(str(figure), f"{count} ({tidy(str(who))})" if who else str(count))
            for figure, count, who in pathway_figures(case, names=names).rows if told or figure in _ANYWAY]  # fmt: skip


def _note(step: Step, labels: Mapping[str, str], *, dated: bool) -> Note:
    """A step: its act with its sign, who does it to whom, what is said of it, and when where the dates differ."""
    who = _who(step, labels)
    when = f"{step.when.words}: " if dated and step.when else ""
    act = step.act.capitalize()
    words = f"{step.number}. {when}{f'{act}. ' if act else ''}{who}{f': {tidy(step.words)}' if tidy(step.words) else ''}"
    paras = [Para(f"{when}{who}", large=True, bold=True)]
    said = ": ".join(part for part in (act, tidy(step.words)) if part)
    paras += [Para(said, large=True, sign=step.act)] if said else []
    return Note(words.rstrip(".") + ".", tuple(paras))


def _who(step: Step, labels: Mapping[str, str]) -> str:
    doers, others = (listed([labels[id] for id in ids]) for ids in (step.doers, step.others))
    if step.way == "meeting":
        return f"Meeting of {listed([labels[id] for id in dict.fromkeys((*step.doers, *step.others))])}"
    return f"{doers} to {others}, who answer" if step.way == "two-way" and len(step.others) > 1 else (
        f"{doers} to {others}, who answers" if step.way == "two-way" else f"{doers} to {others}")  # fmt: skip
