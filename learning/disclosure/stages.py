"""Stages of practices for the measures: what partners say of themselves in front of each other."""

from dataclasses import replace

from learning.measures.rows import PracticeStage


def with_stages(rows, stages):
    """`rows` with these stages, as they were said one after the other; where no day is known, it is at the latest the day it was said."""
    return replace(
        rows,
        stages=tuple(PracticeStage(partner=stage.partner_id, practice=stage.practice_id, stage=stage.stage, on=stage.known_on) for stage in stages),
    )
