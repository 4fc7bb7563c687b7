"""The meeting pack: maps, sentences, action plan and before/after on paper, in Word, as PDF and for the browser."""

from agencygraph.packs.binder import Pack, pack

__all__ = ["Pack", "pack"]
