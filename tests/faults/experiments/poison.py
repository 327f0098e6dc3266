"""R14: mails that raise, hang or kill their worker are set aside; all others go."""

from tests.faults.experiments.experiment import Watch, addresses, arrived_part, experiment, waiting
from tests.faults.rig import wait_until
from tests.faults.tally import of_mails

KINDS = ("raises", "hangs", "dies")


@experiment("R14", n=2000, small=200, lease=25, batch=50, worker=["--include", "tests.faults.poison"])
def poison(place, n):
    expected = addresses("healthy", n)
    watch = Watch()
    for kind in KINDS:
        place.scene("poison", kind, 1)
    place.scene("visited", f"healthy={n}")
    wait_until(lambda: _is_over(place, expected), 280)
    tally = of_mails("R14", expected, place, watch.seconds)
    states = place.rows("SELECT message, state, attempts FROM iimprove_mail WHERE message = ANY(%s)", list(KINDS))
    tally.remark = ", ".join(sorted({f"{message} {state} after {attempts}" for message, state, attempts in states}))
    tally.broken += [f"{message} is {state} after {attempts} attempts" for message, state, attempts in states if state != "failed"]
    place.faults["poison"] += len(states)
    return tally


def _is_over(place, expected):
    place.hurry()
    return not waiting(place) and arrived_part(place, expected)() == 1
