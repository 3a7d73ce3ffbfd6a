"""What the screen can find, gravest first. A loss is no danger: it comes after danger and before all else."""

URGENT = (
    "urgent/baby_not_breathing",
    "urgent/baby_fit",
    "urgent/mother_very_ill",
    "urgent/danger_from_someone",
    "urgent/suicide_or_self_harm",
    "urgent/baby_injury",
    "urgent/bleeding_in_pregnancy",
    "urgent/baby_very_ill",
    "urgent/waters_or_labour",
    "urgent/pre_eclampsia",
    "urgent/baby_moves_less",
)
FOR_THE_UNIT = frozenset({"urgent/waters_or_labour", "urgent/pre_eclampsia", "urgent/baby_moves_less"})
"""Danger that the maternity unit is phoned for; for every other sign it is 999."""
LOSS = "support/baby_loss"
MOVES_LESS = "urgent/baby_moves_less"
GRAVEST_FIRST = (*(sign for sign in URGENT if sign != MOVES_LESS), LOSS, MOVES_LESS)
"""A loss comes before movements alone: "no heartbeat at the scan" is not a question about kicks any more."""

GRAVITY = {key: len(GRAVEST_FIRST) - rank for rank, key in enumerate(GRAVEST_FIRST)}
