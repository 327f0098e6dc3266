"""By whom something is signed, to one reader."""

from learning import policies


def with_names(things, reader):
    """The same notes or things, each with `shows_name`: whether `reader` is told who wrote it, or only for which organisation."""
    things = list(things)
    for thing in things:
        thing.shows_name = policies.can_read_name(thing, by=reader)
    return things
