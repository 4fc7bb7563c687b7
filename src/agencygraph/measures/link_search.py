"""Which links a map does not have, and how they rank for what should be better."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from agencygraph.errors import InvalidError, UndefinedError, UnknownNameError, did_you_mean
from agencygraph.flows import Flows, flows_of
from agencygraph.measures.chance import read_settings
from agencygraph.measures.link_audience import Audience
from agencygraph.measures.link_gains import Aim, Closeness, Link, Routes, Rows, missing_links, with_flows
from agencygraph.measures.questions import NOBODY_ELSE
from agencygraph.model import Case, Tie
from agencygraph.scenarios import ADDED_NOTE, add_tie, make_two_way

AIMS = ("routes", "isolation", "voice", "audience")


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked for besides: see `best_links`."""

    firm: bool = False
    relay: str = "practitioners"
    critical: float | None = None
    peripheral: float | None = None


@dataclass(frozen=True, slots=True)
class BetterLink:
    """One link that the map does not have, and what it would gain.

    Attributes
    ----------
    source, target
        Ids of the two: information would newly pass from source to target.
    two_way
        True where it would newly pass both ways.
    change
        "new", "made two-way", "made critical" (a peripheral tie, where only critical ties count), or "confirmed" (a tie of
        which nobody could say whether it exists).
    gain
        By how much the measure would be better: ordered pairs, isolation, voice, or practitioners told on average.
    before, after
        The measure without it and with it. In a series of links each starts where the one before it ends.
    met_before, met_after
        How many practitioners the unit would hear from, or how many would hear it; None for other measures.
    equals
        How many other links with as few new flows would gain exactly as much.
    is_gap
        True where the group itself named this link as missing.
    strengths
        How strong each new flow would be: as the tie that is confirmed, as the way back of a tie made two-way, else critical.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "gp": "agency"}, ties=["school -> gp"])
    >>> BetterLink("gp", "school", False, "made two-way", 1, 1, 2).add_to(case).ties
    (Tie('school <-> gp'),)
    """

    source: str
    target: str
    two_way: bool
    change: str
    gain: float
    before: float
    after: float
    met_before: int | None = None
    met_after: int | None = None
    equals: int = 0
    is_gap: bool = False
    strengths: tuple[str, ...] = ("critical", "critical")

    @property
    def flows(self) -> tuple[tuple[str, str], ...]:
        """The ordered pairs along which information would newly pass."""
        return ((self.source, self.target), (self.target, self.source))[: 1 + self.two_way]

    def add_to(self, case: Case) -> Case:
        """Return the case with this link, to be measured, compared or drawn."""
        if self.change == "made two-way":
            return make_two_way(case, self.target, self.source)
        made = case.replace(ties=tuple(tie for old in case.ties for tie in _without(old, self.flows)))
        if self.two_way and len(set(self.strengths)) == 1:
            return add_tie(made, Tie(self.source, self.target, self.strengths[0], True, basis="inferred", note=ADDED_NOTE))
        for (a, b), strength in zip(self.flows, self.strengths, strict=False):
            back = [tie for tie in made.ties if tie.flows == ((b, a),) and (tie.strength, tie.status) == (strength, "agreed")]
            made = make_two_way(made, b, a) if back else add_tie(made, Tie(a, b, strength, basis="inferred", note=ADDED_NOTE))
        return made


@dataclass(frozen=True, slots=True)
class Search:
    """A map, and what a new link should make better.

    Attributes
    ----------
    flows
        The map.
    name, about
        One of `AIMS`; the set of actors it is about, empty for the whole map.
    aim
        What counts the points.
    strong
        Rows of the flows that are critical, or would be if they were added.
    """

    flows: Flows
    name: str
    about: int
    aim: Aim
    strong: Rows

    @classmethod
    def of(cls, case: Case, for_: str, options: Options) -> Search:
        """Read what should be better; see `best_links`."""
        flows = flows_of(case, firm=options.firm, relay=options.relay)
        if flows.practitioners.bit_count() < 2:
            raise UndefinedError(f"no link can be added, because {NOBODY_ELSE}.")
        name, about = _read_aim(flows, for_)
        if name != "audience" and (options.critical, options.peripheral) != (None, None):
            raise InvalidError("critical and peripheral are for the audience only: for_='audience:school'.")
        if name in ("isolation", "voice") and not flows.practitioners & ~about:
            raise UndefinedError("there is no practitioner outside this unit.")
        strong = _strong(flows)
        return cls(flows, name, about, _aim(flows, name, about, options, strong), strong)

    @property
    def of_all(self) -> int:
        """The most that could be: ordered pairs; practitioners outside the unit; other practitioners."""
        others = (self.flows.practitioners & ~self.about).bit_count()
        return others * (others - 1) if self.name == "routes" else others

    def shown(self, points: float) -> float:
        """Return points as the measure that they stand for."""
        if not isinstance(self.aim, Closeness):
            return points
        most = self.of_all * self.aim.one
        return (most - points if self.aim.hears else points) / most

    def rank(self, out: Rows) -> tuple[BetterLink, ...]:
        """Return every link that a map does not have, by itself: the most gained, the fewest new flows, the order of the case."""
        links = missing_links(out, self.flows.practitioners)
        gains, now = self.aim.gains(out, links), self.aim.score(out)
        order = sorted(range(len(links)), key=lambda at: (-gains[at], len(links[at]), at))
        alike = Counter((gain, len(link)) for gain, link in zip(gains, links, strict=True))
        drawn = {flow: tie.status for tie in self.flows.case.ties for flow in tie.flows}
        named = {(gap.source, gap.target) for gap in self.flows.case.gaps}
        found = []
        for at in order:
            link, pairs = links[at], tuple((self.flows.ids[one], self.flows.ids[two]) for one, two in links[at])
            change = _change(out, link, [drawn[pair] for pair in pairs if pair in drawn])
            marks = change, alike[gains[at], len(link)] - 1, not named.isdisjoint(pairs)
            found.append(self._better(out, link, (now, gains[at]), marks))
        return tuple(found)

    def added(self, out: Rows, link: BetterLink) -> Rows:
        """Return the rows of a map with a link added."""
        return with_flows(out, self._places(link.flows))

    def _places(self, pairs: tuple[tuple[str, str], ...]) -> Link:
        return tuple((self.flows.ids.index(a), self.flows.ids.index(b)) for a, b in pairs)

    def _better(self, out: Rows, link: Link, points: tuple[float, float], marks: tuple[str, int, bool]) -> BetterLink:
        """Return what a link would gain: its points now and more, and what stands about it on the case."""
        (at, to), ids, (now, gain), (change, equals, is_gap) = link[0], self.flows.ids, points, marks
        met: tuple[int | None, int | None] = (None, None)
        share = gain
        if isinstance(self.aim, Closeness):
            met = self.aim.met(out).bit_count(), self.aim.met(with_flows(out, link)).bit_count()
            share = gain / (self.of_all * self.aim.one)
        strengths = tuple("critical" if self.strong[one] >> two & 1 else "peripheral" for one, two in link)
        return BetterLink(ids[at], ids[to], len(link) == 2, change, share, self.shown(now), self.shown(now + gain), *met,
                          equals, is_gap, strengths)


def _change(out: Rows, link: Link, drawn: list[str]) -> str:
    """Say in a word what a link changes, given how certain the ties are that are drawn there, though they do not count."""
    if drawn:
        return "confirmed" if "unknown" in drawn else "made critical"
    return "made two-way" if len(link) == 1 and out[link[0][1]] >> link[0][0] & 1 else "new"


def _read_aim(flows: Flows, for_: str) -> tuple[str, int]:
    """Return what should be better, and the set of actors that this is about."""
    name, colon, who = for_.partition(":") if isinstance(for_, str) else (str(for_), "", "")
    if not colon and name not in AIMS:
        name, who = "isolation", name
    if name not in AIMS:
        raise UnknownNameError(f"for_ begins with '{name}'; it must be one of {', '.join(AIMS)}.{did_you_mean(name, AIMS)}")
    if name == "routes":
        if who:
            raise InvalidError("'routes' is about the whole map: leave the colon and what follows out.")
        return name, 0
    if not who:
        raise InvalidError(f"say whose {name} should be better: for_='{name}:school'.")
    if name == "audience":
        return name, flows.mask([who])
    teams = [key for kind, key in flows.unit_keys if kind == "team"]
    if who not in flows.ids and who in teams:
        return name, next(unit for unit, key in zip(flows.units, flows.unit_keys, strict=True) if key == ("team", who))
    return name, flows.units[flows.mask([who]).bit_length() - 1]


def _strong(flows: Flows) -> Rows:
    """Return the flows that are critical or would be: all but those that are drawn as peripheral, and their ways back."""
    rows = [flows.everyone & ~(1 << at) for at in range(len(flows.ids))]
    drawn = {} if flows.firm else {flow: tie for tie in flows.case.ties for flow in tie.flows}
    for (a, b), tie in drawn.items():
        at, to = flows.ids.index(a), flows.ids.index(b)
        if not tie.is_critical:
            rows[at] &= ~(1 << to)
            if (b, a) not in drawn:
                rows[to] &= ~(1 << at)
    return tuple(rows)


def _aim(flows: Flows, name: str, about: int, options: Options, strong: Rows) -> Aim:
    if name == "routes":
        return Routes(flows.practitioners, flows.relays)
    if name != "audience":
        return Closeness.of(about, flows.practitioners, flows.relays, hears=name == "isolation")
    if options.critical is None:
        raise InvalidError("the audience depends on how often ties work: give critical=0.9 and peripheral=0.5, say.")
    setting = read_settings(options.critical, options.peripheral, options.firm)[0]
    return Audience(strong, flows.practitioners, flows.relays, about.bit_length() - 1,
                    (setting.critical, setting.peripheral or 0.0))


def _without(tie: Tie, pairs: tuple[tuple[str, str], ...]) -> Iterator[Tie]:
    """Yield what is left of a tie when some of its flows are drawn anew."""
    left = [flow for flow in tie.flows if flow not in pairs]
    if len(left) == len(tie.flows):
        yield tie
    elif left:
        yield dataclasses.replace(tie, source=left[0][0], target=left[0][1], two_way=False)
