"""The secret threshold: how many must stand on each side before hidden people are counted. docs/adr/0007-cover.md says why it is secret."""

import hashlib
import hmac

LEAST = 2


def threshold(secret, *about):
    """Two, and more with a quarter of the chance for each one more: no number is impossible, so that leaving people out tells nothing.

    Drawn from the installation's secret and what is decided: the same question gives the same answer, and nobody can ask it twice.
    """
    text = "\n".join(map(str, about)).encode()
    drawn = int.from_bytes(hmac.new(secret, text, hashlib.sha256).digest(), "big")
    more = 0
    while drawn and drawn % 4 == 0:
        drawn //= 4
        more += 1
    return LEAST + more


def has_cover(sides, needed, least):
    """Do at least `least` of the hidden people stand on every side that the figure shows?"""
    return all(sides.count(side) >= least for side in needed)
