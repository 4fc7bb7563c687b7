"""What colours look like to somebody who sees no red or no green, and on a grey copier.

The matrices are those of Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision
deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (6), 1291-1298, for full severity; they are applied to
linear light. The difference is CIE 1976: the distance of two colours in L*a*b*.
"""

from __future__ import annotations

import re
from math import hypot

Colour = tuple[float, float, float]
MATRICES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}


def linear(ink: str) -> Colour:
    """The linear light of a colour such as #0072B2."""
    red, green, blue = (int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def seen_as(ink: str, sight: str) -> str:
    """A colour as it is seen, as a colour such as #0072B2."""
    light = linear(ink)
    parts = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in MATRICES[sight]]
    shown = [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts]
    return "#" + "".join(f"{round(part * 255):02X}" for part in shown)


def recolour(svg: str, sight: str) -> str:
    """A picture as it is seen."""
    return re.sub(r"#[0-9A-Fa-f]{6}", lambda found: seen_as(found[0], sight), svg)


def difference(one: str, two: str) -> float:
    """How far two colours are apart: 2 is just seen side by side, 10 at a glance."""
    (a, b, c), (x, y, z) = _lab(one), _lab(two)
    return hypot(a - x, b - y, c - z)


def _lab(ink: str) -> Colour:
    red, green, blue = linear(ink)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    f, g, h = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * g - 16, 500 * (f - g), 200 * (g - h)
