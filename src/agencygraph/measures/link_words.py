"""The best new links, in tables and in sentences under public labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from agencygraph.flows import flows_of
from agencygraph.measures.answers import words_of
from agencygraph.table import Table

if TYPE_CHECKING:
    from agencygraph.measures.best_links import BestLinks
    from agencygraph.measures.link_search import BetterLink

_COLUMNS = ("rank", "from", "to", "way", "change", "gain", "before", "after", "of", "as good", "named as a gap")
_MEASURES = {"routes": "ways from one practitioner to another", "isolation": "isolation of {}", "voice": "voice of {}",
             "audience": "practitioners who learn on average what {} learns"}
_NOTE = ("This is what the map would allow, if the link were kept up. As good: how many other links with as few new flows would "
         "gain the same.")


def link_table(best: BestLinks, links: Sequence[BetterLink], note: str) -> Table:
    """Return what each link would gain."""
    labels = best.case.labels()
    rows = tuple((rank, labels[one.source], labels[one.target], "both ways" if one.two_way else "one way", one.change, one.gain,
                  one.before, one.after, best.of, one.equals, one.is_gap) for rank, one in enumerate(links, 1))
    caption = f"{best.case.heading}: which new link would help most; {_MEASURES[best.aim].format(_about(best, labels))}"
    return Table(_COLUMNS, rows, caption, f"{note} {_NOTE}", heads=("from", "to"))


def say_now(best: BestLinks, labels: Mapping[str, str]) -> str:
    """Say how things are without any new link."""
    about = _about(best, labels)
    if best.aim == "routes":
        return f"Now: news gets from one practitioner to another on {best.now} of {best.of} ways."
    if best.aim == "audience":
        return f"Now: what {about} learns reaches {best.now:.1f} of {best.of} other practitioners on average."
    return f"Now: the {best.aim} of {about} is {best.now:.2f}."


def say_link(best: BestLinks, link: BetterLink, labels: Mapping[str, str]) -> str:
    """Say what one link would gain."""
    arrow = "↔" if link.two_way else "→"
    gap = ", which the group named as a gap" if link.is_gap else ""
    others = f"{link.equals} other{'s' * (link.equals > 1)}" if link.equals else "No other link"
    return (f"{labels[link.source]} {arrow} {labels[link.target]} ({link.change}{gap}): {_gained(best, link, labels)}. "
            f"{others} would gain as much.")


def _gained(best: BestLinks, link: BetterLink, labels: Mapping[str, str]) -> str:
    if best.aim == "routes":
        return f"{link.gain} way{'s' * (link.gain != 1)} more, {link.after} of {best.of}"
    about = _about(best, labels)
    if best.aim == "audience":
        return f"what {about} learns reaches {link.gain:.1f} more on average, {link.after:.1f} of {best.of}"
    more = (link.met_after or 0) - (link.met_before or 0)
    change = f"{best.aim} {link.after:.2f} in place of {link.before:.2f}"
    if best.aim == "isolation":
        hear = f"hear from {more} more, {link.met_after} of {best.of}" if more else "hear sooner, from no more than now"
    else:
        hear = f"be heard by {more} more, {link.met_after} of {best.of}" if more else "be heard sooner, by no more than now"
    return f"{about} would {hear}; {change}"


def _about(best: BestLinks, labels: Mapping[str, str]) -> str:
    return words_of(flows_of(best.case), "actor" if best.aim == "audience" else "unit", best.about, labels)
