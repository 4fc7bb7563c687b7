"""The change map: the later map with the earlier one laid upon it, every change numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from agencygraph import captions
from agencygraph.comparison import Comparison
from agencygraph.renderers import boxes, signs
from agencygraph.scene import Course, Line, Remark, Scene, TeamBox, Topic
from agencygraph.staging import badges
from agencygraph.staging.change_words import COUNTED, Tongue, brief_others, brief_words, line_words, other_words, tongue_of
from agencygraph.staging.deltas import KINDS, Bundle, Delta, Overlay, overlay
from agencygraph.staging.scenes import cards_of, lay_lines, settle, teams_of
from agencygraph.staging.setting import Setting
from agencygraph.staging.view import Note, View

NEW, GONE = "+ new", "no longer on the map"
REMARKS = "What changed"


def change_scene(setting: Setting, comparison: Comparison) -> Scene:
    """Return the change map of a comparison in the setting of its two cases."""
    laid, tongue = overlay(comparison, setting.keys, setting.team_keys), tongue_of(comparison, setting.labels, setting.team_keys)
    ground = _ground(setting, comparison, laid)
    numbers = _numbers(laid)
    courses = lay_lines(setting, ground, tuple(bundle.bond for bundle in laid.bundles))
    lines = [_line(setting, bundle, course, tongue) for bundle, course in zip(laid.bundles, courses, strict=True)]
    lines = [replace(line, number=number, pill=None if line.status == "agreed" else signs.place_for(at, courses, ground.cards))
             for at, (line, number) in enumerate(zip(lines, numbers, strict=True))]  # fmt: skip
    scene = replace(ground, lines=tuple(lines))
    words = tuple(boxes.boxes(scene.cards, scene.teams, scene.panel, setting.theme))
    spots = badges.place_badges(scene, words, numbers, setting.theme)
    lines = [replace(line, badge=spot) for line, spot in zip(lines, spots, strict=True)]
    return _listed(replace(scene, lines=tuple(lines)), setting, comparison, laid)


def change_sketch(wide: Setting, comparison: Comparison) -> Scene:
    """Return the change map with its key and its list, but no lines worth looking at: it shows at no cost what fits a page."""
    laid, tongue = overlay(comparison, wide.keys, wide.team_keys), tongue_of(comparison, wide.labels, wide.team_keys)
    lines = tuple(replace(_line(wide, bundle, Course((), ()), tongue), number=number)
                  for bundle, number in zip(laid.bundles, _numbers(laid), strict=True))  # fmt: skip
    return _listed(replace(_ground(wide, comparison, laid), lines=lines), wide, comparison, laid)


def _listed(scene: Scene, setting: Setting, comparison: Comparison, laid: Overlay) -> Scene:
    """A change map with the list of what changed."""
    tongue = tongue_of(comparison, setting.labels, setting.team_keys)
    listed = sorted((line for line in scene.lines if line.number), key=lambda line: line.number or 0)
    remarks = [Remark(f"{line.words}.", line.number, line.change) for line in listed]
    remarks += [Remark(words) for words in other_words(comparison, tongue, _inside(setting, laid))]
    topics = (*_topics(setting, laid, tongue), *_besides(brief_others(comparison, tongue, _inside(setting, laid))))
    return replace(scene, words=_sum(laid), remarks=tuple(remarks), remarks_title=REMARKS, listed=True, topics=topics)


def _inside(setting: Setting, laid: Overlay) -> dict[str, tuple[int, int]]:
    """How many ties run inside each team, of the earlier map and of the later one."""
    keys = [setting.team_keys[team.name] for team in setting.cases[1].teams]
    return {key: (laid.inside.get(key, 0), setting.weaves[1].counts[key]) for key in keys}


def _topics(setting: Setting, laid: Overlay, tongue: Tongue) -> Iterator[Topic]:
    """The numbered lines under a heading for each kind of change; for new and ended ones it says how strong they are or were."""
    found: dict[str, list[Remark]] = {}
    pairs = [(number, bundle) for number, bundle in zip(_numbers(laid), laid.bundles, strict=True) if number is not None]
    for number, bundle in sorted(pairs, key=lambda pair: pair[0]):
        strength = "critical" if bundle.critical else "peripheral"
        more = {"added": f" ({strength})", "lost": f" ({strength} before)"}.get(bundle.kind, "")
        title = f"{setting.theme.change(bundle.kind).words}{more}"
        found.setdefault(title, []).append(Remark(brief_words(bundle, tongue), number, bundle.kind))
    yield from (Topic(title, tuple(remarks)) for title, remarks in found.items())


def _besides(others: Iterable[tuple[str, str]]) -> Iterator[Topic]:
    """What no line shows, under headings."""
    found: dict[str, list[Remark]] = {}
    for title, words in others:
        found.setdefault(title, []).append(Remark(words))
    yield from (Topic(title, tuple(remarks)) for title, remarks in found.items())


def _ground(setting: Setting, comparison: Comparison, laid: Overlay) -> Scene:
    """Cards and teams of the later map, and whoever left, with their marks."""
    joined = [setting.keys[1][id] for block in comparison.joined for id in block.after]
    left = [setting.keys[0][id] for block in comparison.left for id in block.before]
    gone = [replace(card, gone=True, lead=False, pill="", words=f"{card.words}, {GONE}")
            for card in cards_of(setting, 0) if card.key in left]  # fmt: skip
    cards = [replace(card, words=f"{card.words}, new on the map") if card.key in joined else card for card in cards_of(setting, 1)]
    both = tuple(sorted([*cards, *gone], key=lambda card: int(card.key[1:])))
    notes = [Note(key, NEW, strong=True) for key in joined] + [Note(key, GONE) for key in left]
    bonds = [bundle.bond for bundle in laid.bundles]
    return settle(setting, both, _teams(setting, laid), bonds, View(notes=tuple(notes)))


def _teams(setting: Setting, laid: Overlay) -> tuple[TeamBox, ...]:
    """The later map's teams; each counts the earlier ties that are inside it now."""
    found = []
    for team in teams_of(setting, 1, setting.weaves[1]):
        earlier = laid.inside.get(team.key, 0)
        note = f"{captions.counted(earlier, 'earlier tie')} now inside the team" if earlier else team.note
        found.append(replace(team, note=note, words=f"{team.words}; {note}" if earlier else team.words))
    return tuple(found)


def _numbers(laid: Overlay) -> list[int | None]:
    """The number of each line that changed: by kind of change, new and ended ones the critical first, then in reading order."""
    order = sorted((KINDS.index(bundle.kind), bundle.kind in ("added", "lost") and not bundle.critical, at)
                   for at, bundle in enumerate(laid.bundles) if bundle.kind != "unchanged")  # fmt: skip
    place = {at: number for number, (_, _, at) in enumerate(order, 1)}
    return [place.get(at) for at in range(len(laid.bundles))]


def _line(setting: Setting, bundle: Bundle, course: Course, tongue: Tongue) -> Line:
    flows = tuple(dict.fromkeys(_flow_word(setting, delta, tongue) for delta in bundle.shown))
    return Line(bundle.bond, course, line_words(bundle, tongue), bundle.status, bundle.kind, flows=flows)


def _flow_word(setting: Setting, delta: Delta, tongue: Tongue) -> str:
    """A flow as data; one that ended stands at the places of those who are there now."""
    if delta.tells:
        one, two = (setting.keys[1][id] for id in delta.tells)
    else:
        one, two = (setting.keys[1][tongue.became[id]] if id in tongue.became else setting.keys[0][id] for id in delta.told or ())
    status = delta.now_status or delta.then_status
    return f"{one}>{two}:{delta.now or delta.then}" + ("" if status == "agreed" else f":{status}")


def _sum(laid: Overlay) -> str:
    """How many lines there are of each kind, in a sentence."""
    kinds = [bundle.kind for bundle in laid.bundles]
    counts = [f"{kinds.count(kind)} {COUNTED[kind]}" for kind in KINDS if kind in kinds]
    return f"{captions.counted(len(kinds), 'line')}: {captions.listed(counts)}." if counts else "No ties on either map."
