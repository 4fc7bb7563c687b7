"""A template as a picture: the roles of the team, and how its work is shared among them."""

from __future__ import annotations

from agencygraph.boards.asking import Look
from agencygraph.captions import counted
from agencygraph.renderers.leaves import bind
from agencygraph.renderers.lettering import tidy
from agencygraph.renderers.shares import Seat, percent, write_shares
from agencygraph.renderers.sheet import Sheet
from agencygraph.templates import Template
from agencygraph.templates.template import Role

SHARED = "Each frame stands for the whole work of the team; the bar in it for the share."
UNSHARED = "The roles of the team; how its work is shared is not laid down."


def team_picture(template: Template, look: Look) -> Sheet:
    """Draw a team of roles with its mix by workload: a bar and a number for each share, and work for which it has nobody.

    Source: for the shipped mix the Bexley study, chapter 4, part three.

    Examples
    --------
    >>> from agencygraph import templates
    >>> print(team_picture(templates.load("bexley_2005"), Look()).text.splitlines()[5])
    - Practice manager (social care, Social services, lead): 35% of the work (Social services).
    """
    shares = {role.id: tuple((one.part, one.percent) for one in template.workload if one.role == role.id)
              for role in template.roles}  # fmt: skip
    seats = [Seat(_role_words(role, shares[role.id]), tidy(role.label), _below(role), role.sector, role.lead, shares[role.id])
             for role in template.roles]  # fmt: skip
    seats += [Seat(f"Nobody in the team: {percent(one.percent)} of the work ({tidy(one.part)}).", shares=((one.part, one.percent),))
              for one in template.workload if not one.role]  # fmt: skip
    title, subtitle = tidy(template.name), SHARED if template.workload else UNSHARED
    host = f", hosted by a {template.hosted_by}" if template.hosted_by else ""
    named = f"{tidy(template.team)}{host}"
    lines = [f"{named}: {counted(len(template.roles), 'role')}.", "", "Who does how much", *(f"- {seat.words}" for seat in seats)]
    lines += ["", f"Source: {tidy(template.source)}"] if template.source else []
    text = look.words(title, subtitle, lines)
    frame = look.frame(title, subtitle, text, _key(template))
    return bind(frame, write_shares(named, seats, (frame.width, frame.room), look.theme), text)


def _key(template: Template) -> tuple[tuple[str, str], ...]:
    """What a broken outline means; the band of a card is told by the sector's words on it."""
    return (("broken", "The team has nobody for it"),) if any(not one.role for one in template.workload) else ()


def _below(role: Role) -> str:
    return ", ".join(part for part in (tidy(role.agency), tidy(role.sector)) if part)


def _role_words(role: Role, shares: tuple[tuple[str, float], ...]) -> str:
    more = [part for part in (tidy(role.sector), tidy(role.agency), "lead" if role.lead else "") if part]
    in_brackets = f" ({', '.join(more)})" if more else ""
    told = "; ".join(f"{percent(share)} of the work ({tidy(part)})" for part, share in shares) or "no share of the work is given"
    return f"{tidy(role.label)}{in_brackets}: {told}."
