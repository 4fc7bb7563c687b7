"""From one case, or two that share their places, to scenes: who sits where, which cards, which lines, what is put forward."""

from agencygraph.staging.changing import change_scene, change_sketch
from agencygraph.staging.deltas import partners
from agencygraph.staging.emphasis import follow, view_of
from agencygraph.staging.scenes import is_clear, renumber, scene_of
from agencygraph.staging.seats import labels_of
from agencygraph.staging.setting import (
    LAYOUTS,
    NARROW,
    Setting,
    Wish,
    beside_list,
    heights_beside_list,
    set_out,
    set_out_pair,
    side_by_side,
)
from agencygraph.staging.view import View

__all__ = ["LAYOUTS", "NARROW", "Setting", "View", "Wish", "beside_list", "change_scene", "change_sketch", "follow",
           "heights_beside_list", "is_clear", "labels_of", "partners", "renumber", "scene_of", "set_out", "set_out_pair",
           "side_by_side", "view_of"]  # fmt: skip
