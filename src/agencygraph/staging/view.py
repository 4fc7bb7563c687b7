"""View: what a map puts forward of all that stands on it, by key, in words and by weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agencygraph.scene import Card, Line, Remark, TeamBox


@dataclass(frozen=True, slots=True)
class Note:
    """Words that hang on somebody's card as a plate; a round one holds a number."""

    key: str
    words: str
    strong: bool = False
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """An emphasis: who and which flows come forward (all others step back), and what is said of whom.

    `strong` and `gone` are keys of cards and teams; `flows` are flows such as "n3>n5"; `statuses` puts doubtful ties forward;
    `gaps` are links that should be there: (key, key, sentence).
    """

    strong: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    gaps: tuple[tuple[str, str, str], ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Remark, ...] = ()
    title: str = ""
    subtitle: str = ""

    def tone(self, key: str) -> str:
        """Return the weight of a card or a team: none at all where nobody comes forward."""
        return "strong" if key in self.strong else "faint" if self.strong else ""

    def weigh_cards(self, cards: Sequence[Card]) -> tuple[Card, ...]:
        """Return the cards with their weight; what hangs on a card is said with it."""
        said: dict[str, str] = {}
        for note in self.notes:
            said[note.key] = f"{said[note.key]}, {note.words}" if note.key in said else note.words
        return tuple(replace(card, tone=self.tone(card.key), words=", ".join(filter(None, (card.words, said.get(card.key, "")))))
                     for card in cards)  # fmt: skip

    def weigh_teams(self, teams: Sequence[TeamBox]) -> tuple[TeamBox, ...]:
        """Return the teams with their weight, and what is said of them in their note."""
        said = {note.key: note.words for note in self.notes}
        return tuple(replace(team, tone=self.tone(team.key), note="; ".join(filter(None, (said.get(team.key, ""), team.note))),
                             words=f"{team.words}; {said[team.key]}" if team.key in said else team.words)
                     for team in teams)  # fmt: skip

    def weigh_lines(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Return the lines with their weight."""
        if not self.strong:
            return tuple(lines)
        return tuple(replace(line, tone="strong" if self._is_strong(line) else "faint") for line in lines)

    def _is_strong(self, line: Line) -> bool:
        return line.status in self.statuses or any(word.partition(":")[0] in self.flows for word in line.flows)
