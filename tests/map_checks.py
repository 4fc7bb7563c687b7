"""Whether a finished SVG map is drawn truthfully and legibly, measured from its bytes alone.

`faults(svg)` names every check with what is wrong (nothing wrong: an empty list); `figures(svg)` counts crossings and more.
What is asked of the file stands in the docstrings of the checks below.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import atan2, degrees, inf, pi

from map_geometry import Point, between, clearance, crossing_points, distance, inside, length, walk
from map_reading import Actor, Drawing, Tie, local

NEAR, OFF_END, TIPS, SHORTEST = 4.0, 2.5, 7.0, 24.0
LABEL, SMALLEST, PAGE, THICKER = 9.5, 7.5, 774.0, 1.5
KINDS = {"child", "parent", "carer", "family", "school", "agency", "practitioner"}
CHANGES = {"unchanged", "added", "lost", "strengthened", "weakened", "two-way", "one-way", "mixed"}
FORBIDDEN = {"script", "foreignObject", "use", "image", "marker", "mask", "clipPath", "filter", "switch", "symbol",
             "textPath", "tspan",
             "animate", "animateMotion", "animateTransform", "set"}  # fmt: skip
UNREAD = {"font", "letter-spacing", "word-spacing", "textLength", "dominant-baseline", "alignment-baseline", "baseline-shift",
          "writing-mode", "clip-path", "rotate", "dx", "dy", "pathLength", "marker-start", "marker-mid", "marker-end"}  # fmt: skip
Fault = tuple[str, str]


def check_file(d: Drawing) -> Iterator[Fault]:
    """One self-contained SVG of plain attributes, with role, title and description, in px."""
    if "<!--" in d.source:
        yield "comments", "there is a comment"
    if "<!DOCTYPE" in d.source or "<?xml-" in d.source:
        yield "self_contained", "doctype or style sheet"
    heads = [(local(e), bool((e.text or "").strip())) for e in list(d.root)[:2]]
    if d.root.tag != "{http://www.w3.org/2000/svg}svg" or d.root.get("role") != "graphics-document":
        yield "root", "not an svg with role graphics-document"
    if heads != [("title", True), ("desc", True)] or len(d.view) != 4 or min(d.view[2:]) <= 0.0:
        yield "root", "needs title, desc and a viewBox"
    if not all(re.fullmatch(r"[\d.]+(px)?", d.root.get(side, "")) for side in ("width", "height")):
        yield "root", "width and height are not in px"
    for name, count in Counter(e.get("id") for e in d.root.iter() if "id" in e.attrib).items():
        if count > 1:
            yield "unique_ids", f"{name} stands {count} times"
    for element in d.root.iter():
        yield from _check_element(d, element)


def _check_element(d: Drawing, element: ET.Element) -> Iterator[Fault]:
    """One element: of a kind and with attributes that can be measured, with nothing from outside."""
    name = local(element)
    if name in FORBIDDEN or (name == "svg" and element is not d.root):
        yield ("self_contained" if name in ("script", "foreignObject") else "measurable"), f"element {name}"
    for key, value in element.attrib.items():
        short = key.rpartition("}")[2].lower()
        if short.startswith("on") or (short in ("href", "src") and not value.startswith(("#", "data:"))) or re.search(
            r"@import|url\(\s*['\"]?\s*(?!['\"\s#]|data:)", value):  # fmt: skip
            yield "self_contained", f"{name} {short}"
        if key in UNREAD or (key == "style" and ":" in value) or (key == "transform" and re.search("rotate|skew|matrix", value)):
            yield "measurable", f"{name} {key}"
    if name == "style" and re.search(
        r"(font|stroke|fill|text-anchor|transform|display|visibility|opacity)[\w-]*\s*:", element.text or ""
    ):
        yield "measurable", "a style sheet that sizes, moves or paints"


def check_structure(d: Drawing) -> Iterator[Fault]:
    """Neutral keys, kinds, names for screen readers, members that exist, everything painted, changes in known words."""
    keys = [e.get("data-key", "") for e in d.groups("actor", "team")]
    for key, count in Counter(keys).items():
        if count > 1 or not re.fullmatch(r"n\d+", key):
            yield "neutral_keys", f"{key!r} stands {count} times"
    for group in d.groups("actor"):
        if (
            group.get("data-kind") not in KINDS
            or group.get("data-key") not in d.actors
            or not [e for e in group if local(e) == "text"]
        ):
            yield "actors", f"{group.get('data-key')}: kind, outline or label is missing"
    for group in d.groups("team"):
        members = set(group.get("data-members", "").split())
        if not members or not members <= set(keys) - {group.get("data-key")} or group.get("data-host", "") not in {"", *keys}:
            yield "teams", f"{group.get('data-key')}: members or host are not on the map"
    yield from _check_tie_groups(d, set(keys))
    for group in d.groups("actor", "team", "tie"):
        name = group.get("aria-label", "") + "".join(e.text or "" for e in group if local(e) == "title")
        if group.get("role") != "img" or not name.strip() or any(up.get("aria-hidden") == "true" for up in d.line_up(group)):
            yield "names", f"{group.get('data-key') or group.get('data-from')} has no name for screen readers"
        if group.get("data-change", "unchanged") not in CHANGES:
            yield "changes", f"data-change {group.get('data-change')}"
    yield from _check_badges(d)
    yield from _check_visible(d)


def _check_tie_groups(d: Drawing, keys: set[str]) -> Iterator[Fault]:
    """Ties join two actors of the map, say how, and have one line."""
    for group in d.groups("tie"):
        ends, lines = {group.get("data-from"), group.get("data-to")}, d.strokes(group)[0]
        strength, two_way = group.get("data-strength"), group.get("data-two-way")
        if len(ends) != 2 or not ends <= keys or strength not in ("critical", "peripheral") or two_way not in ("true", "false"):
            yield "ties", f"{sorted(map(str, ends))}: ends, strength or direction"
        if len(lines) != 1 or any(d.inherited(line, "fill") != "none" for line in lines):
            yield "ties", f"{sorted(map(str, ends))}: needs one line without fill"


def _check_badges(d: Drawing) -> Iterator[Fault]:
    """Each badge shows a number of its own."""
    numbers = Counter(badge.get("data-number", "") for badge in d.groups("badge"))
    for badge in d.groups("badge"):
        number = badge.get("data-number", "")
        if numbers[number] > 1 or not number.isdigit() or number not in re.findall(r"\d+", "".join(badge.itertext())):
            yield "changes", f"badge {number!r} does not show a number of its own"


def _check_visible(d: Drawing) -> Iterator[Fault]:
    """Outlines, lines, heads and words are painted."""
    things = [(a.shape, ("fill", "stroke")) for a in d.actors.values()] + [(t.path, ("stroke",)) for t in d.ties]
    things += [(head, ("fill", "stroke")) for t in d.ties for head in d.strokes(t.group)[1]] + [
        (w.element, ("fill",)) for w in d.words
    ]
    for element, paints in things:
        unpainted = all(d.inherited(element, p, "black" if p == "fill" else "none") in ("none", "transparent") for p in paints)
        faint = any(up.get("display") == "none" or float(up.get("opacity", "1")) < 0.2 for up in d.line_up(element))
        if unpainted or faint or d.inherited(element, "visibility") in ("hidden", "collapse"):
            yield "visible", f"{local(element)} cannot be seen"


def check_key(d: Drawing) -> Iterator[Fault]:
    """A key with one true sample, with words, for each combination of strength and direction that occurs."""
    samples = [e for k in d.root.iter() if d.has_class(k, "key") for e in k.iter() if e.get("data-strength")]
    shown = set()
    for sample in samples:
        lines, heads = d.strokes(sample)
        critical, two_way = sample.get("data-strength") == "critical", sample.get("data-two-way") == "true"
        shown.add((critical, two_way))
        if (
            len(lines) != 1
            or len(heads) != 1 + two_way
            or bool(d.dashes(lines[0])) == critical
            or not any(local(e) == "text" for e in sample)
        ):
            yield "key", "a sample does not look like the ties it explains"
    if not any(d.has_class(e, "key") for e in d.root.iter()):
        yield "key", "there is no key"
    for critical, two_way in sorted({(t.critical, t.two_way) for t in d.ties} - shown):
        yield "key", f"nothing explains {'critical' if critical else 'peripheral'}, {'two-way' if two_way else 'one-way'}"


def check_ties(d: Drawing) -> Iterator[Fault]:
    """Each tie by itself: style, heads, where it ends, how long it is, whether its dashes show; tips that stand apart."""
    spots: dict[str, list[tuple[Point, bool, Tie]]] = {}
    for tie in d.ties:
        dashes, lost = d.dashes(tie.path), tie.group.get("data-change") == "lost"
        if bool(dashes) == tie.critical and not lost:
            yield "line_styles", f"{tie.name}: broken is for peripheral ties, and for them only"
        if (len(tie.heads[0]), len(tie.heads[1])) != (int(tie.two_way), 1):
            tie.wrong.append("a head is missing or too many")
        yield from (("heads", f"{tie.name}: {wrong}") for wrong in tie.wrong)
        for key, spot, pointed in ((tie.ends[0], tie.track[0], tie.two_way), (tie.ends[1], tie.track[-1], True)):
            spots.setdefault(key, []).append((spot, pointed, tie))
            off = distance(spot, d.actors[key].outline, closed=True)
            if off > OFF_END and not tie.wrong:
                yield "tie_ends", f"{tie.name} ends {off:.1f} from {key}"
        if length(tie.track) < SHORTEST:
            yield "tie_length", f"{tie.name} is {length(tie.track):.1f} long"
        heads = [head for side in tie.heads for head in side]
        shown = sum(part for p, part in walk(tie.line, 0.25) if not any(inside(p, head) for head in heads))
        if dashes and not tie.critical and shown < sum(dashes):
            yield "dashes", f"{tie.name} shows only {shown:.1f}"
    yield from _check_widths(d)
    for key, ends in spots.items():
        for (p, one_points, one), (q, two_points, two) in combinations(ends, 2):
            if one is not two and (one_points or two_points) and between(p, q) < TIPS:
                yield "arrow_tips", f"{one.name} and {two.name} are {between(p, q):.1f} apart at {key}"


def _check_widths(d: Drawing) -> Iterator[Fault]:
    """Critical lines are clearly thicker than peripheral ones."""
    for change in sorted({t.group.get("data-change", "") for t in d.ties}):
        alike = [t for t in d.ties if t.group.get("data-change", "") == change]
        thin = max((d.width_of(t.path) for t in alike if not t.critical), default=0.0)
        thick = min((d.width_of(t.path) for t in alike if t.critical), default=inf)
        if thick < THICKER * thin:
            yield "line_styles", f"critical {thick:g}, peripheral {thin:g}"


def check_space(d: Drawing) -> Iterator[Fault]:
    """Actors apart, teams round their members and nobody else, ties clear of everybody but their ends."""
    for one, two in combinations(d.actors.values(), 2):
        team, other = (one, two) if one.members else (two, one)
        ring = other.outline + other.outline[:1]
        within = all(inside(p, team.outline) for p in other.outline) and not crossing_points(ring, team.outline + team.outline[:1])
        if team.members and (within or other.key in team.members):
            if within != (other.key in team.members):
                yield "team_members", f"{other.key} and {team.key}"
        elif clearance(ring, team.outline, 0.5) == 0.0 or inside(team.outline[0], other.outline):
            yield "actor_overlap", f"{one.key} and {two.key}"
    for tie in d.ties:
        for actor in d.actors.values():
            yield from _check_way(tie, actor)


def _check_way(tie: Tie, actor: Actor) -> Iterator[Fault]:
    """One tie against one actor or team."""
    own = sum(end in actor.members for end in tie.ends)
    if actor.key in tie.ends:
        if not own and any(
            inside(p, actor.outline) and distance(p, actor.outline, closed=True) > OFF_END for p, _ in walk(tie.track, 1.0)
        ):
            yield "tie_through_actor", f"{tie.name} runs on inside {actor.key}"
    elif own == 1:
        if len(crossing_points(tie.track, actor.outline + actor.outline[:1])) > 1:
            yield "tie_through_actor", f"{tie.name} leaves {actor.key} more than once"
    else:
        near = clearance(tie.track, actor.outline, NEAR)
        if near == 0.0 or (not own and inside(tie.track[0], actor.outline)):
            yield "tie_through_actor", f"{tie.name} runs through {actor.key}"
        elif near < NEAR:
            yield "tie_near_actor", f"{tie.name} is {near:.1f} from {actor.key}"


def check_words(d: Drawing) -> Iterator[Fault]:
    """Words free of ties, within their actors, large enough; everything on the page."""
    for words in d.words:
        badge = next((up for up in d.line_up(words.element) if d.has_class(up, "badge")), None)
        if not d.in_key(words.element):
            for tie in d.ties:
                inks = [tie.track] + [head + head[:1] for side in tie.heads for head in side]
                if not (badge is not None and _owns(d, badge, tie)) and any(clearance(ink, words.box, 0.1) == 0.0 for ink in inks):
                    yield "tie_over_text", f"{tie.name} over {words.text!r}"
        holder = d.actors.get(d.above[words.element].get("data-key", ""))
        label = holder is not None and not d.in_key(words.element)
        if label and holder and not (inside(words.baseline[0], holder.outline) and inside(words.baseline[1], holder.outline)):
            yield "label_width", f"{words.text!r} is wider than {holder.key}"
        size = words.size * min(1.0, PAGE / d.view[2])
        if size < (LABEL if label else SMALLEST):
            yield "text_size", f"{words.text!r} is {size:.1f} high"
    x, y, width, height = d.view
    things = (
        [(a.key, a.outline) for a in d.actors.values()] + [(w.text, w.box) for w in d.words] + [(t.name, t.track) for t in d.ties]
    )
    for name, points in things:
        if not all(x <= px <= x + width and y <= py <= y + height for px, py in points):
            yield "on_page", f"{name!r} leaves the page"


def _owns(d: Drawing, badge: ET.Element, tie: Tie) -> bool:
    """Whether a badge belongs to a tie: it stands in it, bears its number, or lies nearest to it."""
    if any(up is tie.group for up in d.line_up(badge)):
        return True
    numbered = [t for t in d.ties if t.group.get("data-number", "-") == badge.get("data-number")]
    if numbered:
        return tie in numbered
    box = next(w.box for w in d.words if badge in list(d.line_up(w.element)))
    middle = (sum(x for x, _ in box) / 4, sum(y for _, y in box) / 4)
    return tie is min(d.ties, key=lambda t: distance(middle, t.track))


CHECKS = ("xml", "comments", "self_contained", "unique_ids", "measurable", "root", "actors", "ties", "teams", "neutral_keys",
          "names",
          "visible", "changes", "key", "line_styles", "heads", "tie_ends", "tie_length", "dashes", "arrow_tips", "actor_overlap",
          "team_members", "tie_through_actor", "tie_near_actor", "tie_over_text", "label_width",
          "text_size", "on_page")  # fmt: skip


def faults(svg: bytes) -> dict[str, list[str]]:
    """Every check by name with what is wrong on this map; empty lists where all is well."""
    found: dict[str, list[str]] = {name: [] for name in CHECKS}
    try:
        drawing = Drawing(svg)
    except (ET.ParseError, UnicodeDecodeError) as error:
        found["xml"].append(str(error))
        return found
    for check in (check_file, check_structure, check_key, check_ties, check_space, check_words):
        for name, fault in check(drawing):
            found[name].append(fault)
    found["measurable"] += drawing.unmeasured
    return found


def figures(svg: bytes) -> dict[str, float]:
    """What is counted and never fails: actors, ties, crossings, shallow ones, shared tracks, length of all lines."""
    drawing = Drawing(svg)
    angles: list[float] = []
    shared = 0
    for one, two in combinations(drawing.ties, 2):
        for _, u, v in crossing_points(one.track, two.track):
            turn = abs(atan2(u[0] * v[1] - u[1] * v[0], u[0] * v[0] + u[1] * v[1]))
            angles.append(degrees(min(turn, pi - turn)))
        shared += sum(part for p, part in walk(one.track, 3.0) if distance(p, two.track) < 2.5) > 14.0
    return {"actors": len(drawing.actors), "ties": len(drawing.ties), "crossings": len(angles), "shared_tracks": shared,
            "shallow_crossings": sum(angle < 25.0 for angle in angles),
            "ink": round(sum(length(t.track) for t in drawing.ties), 1)}  # fmt: skip


def clean(svg: bytes) -> dict[str, list[str]]:
    """Only the checks that failed: an empty result is a good map."""
    return {name: wrong for name, wrong in faults(svg).items() if wrong}
