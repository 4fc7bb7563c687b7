"""A map in words: good enough to read aloud in a meeting, and what screen readers say. Knows no case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agencygraph.scene import Card, Scene
from agencygraph.themes import Theme

_FAMILY = {"child": "Child", "parent": "Family and carers", "family": "Family and carers", "carer": "Family and carers"}


def write_text(scenes: Sequence[Scene], head: Sequence[str], theme: Theme, passages: Sequence[str] = ()) -> str:
    """Return the scenes in plain sentences: who is there, who tells whom, which teams, who has no tie.

    `head` are the lines above everything (marking, title), `passages` says who of the first map became whom on the second.
    """
    parts = [line for line in head if line]
    if passages:
        parts += ["", "From the earlier map to the later", *(f"- {passage}" for passage in passages)]
    for scene in scenes:
        if len(scenes) > 1:
            parts += ["", scene.title, "=" * len(scene.title)]
        parts += _lines(scene, theme)
    return "\n".join(parts) + "\n"


def _lines(scene: Scene, theme: Theme) -> Iterator[str]:
    yield scene.words
    if scene.remarks and not scene.listed:
        yield ""
        yield scene.remarks_title
        yield from (f"- {remark.words}" for remark in scene.remarks)
    yield ""
    yield "Who is there"
    for heading, cards in _groups(scene, theme):
        yield f"- {heading}: {'; '.join(_who(card) for card in cards)}."
    for team in scene.teams:
        yield ""
        yield f"Team: {team.words}."
    if scene.listed:
        yield from _changes(scene)
        return
    yield ""
    yield "Who tells whom"
    yield from (f"- {line.words}." for line in scene.lines)
    if scene.is_partial:
        return
    tied = _tied(scene)
    if not tied:
        yield "- Nobody tells anybody anything."
    yield from (f"- {card.label}: no tie to anybody." for card in scene.cards if tied and card.key not in tied)


def _changes(scene: Scene) -> Iterator[str]:
    """What changed, by the numbers on the map; then what is as before."""
    yield ""
    yield scene.remarks_title
    yield from (f"{'-' if remark.number is None else f'{remark.number}.'} {remark.words}" for remark in scene.remarks)
    same = [line for line in scene.lines if line.number is None]
    if same:
        yield ""
        yield "As before"
        yield from (f"- {line.words}." for line in same)


def _tied(scene: Scene) -> set[str]:
    """Keys of all who tell or are told, whether drawn or inside a team."""
    words = [word for line in scene.lines for word in line.flows] + [word for team in scene.teams for word in team.flows]
    return {end for word in words for end in word.partition(":")[0].split(">")}


def _who(card: Card) -> str:
    """A label with what else the card says."""
    more = [part for part in (card.second_line, card.pill.lower(), *(" ".join(plate.lines) for plate in card.plates)) if part]
    return f"{card.label} ({', '.join(more)})" if more else card.label


def _groups(scene: Scene, theme: Theme) -> list[tuple[str, list[Card]]]:
    """The cards in reading order under the headings of the key."""
    groups: dict[str, list[Card]] = {}
    for card in scene.cards:
        sector = theme.sector(card.sector, scene.sectors)
        heading = _FAMILY.get(card.kind) or ("School" if card.shape == "school" else sector.words if sector else "Others")
        groups.setdefault(heading, []).append(card)
    return list(groups.items())
