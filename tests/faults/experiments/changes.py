"""R15: people who want no mail any more, have left, or whose visit is cancelled between due and send get none."""

from tests.faults.experiments.experiment import Watch, addresses, experiment, waiting
from tests.faults.rig import wait_until
from tests.faults.tally import of_mails

IN_FLIGHT = 3  # seconds between the last look at the row and the server's answer


@experiment("R15", n=1000, small=200, batch=50)
def changes(place, n):
    return changed(place, n)


def changed(place, n):
    """Twice `n` are due; while they are sent, `n` of them change. The mail server takes its time: else all have left before anything can."""
    place.set_mood("unhurried")
    everybody = addresses("changing", 2 * n)
    watch, since = Watch(), {}
    for line in place.scene("changing", n).splitlines():
        address, at = line.split()
        since.setdefault(address, float(at))
    wait_until(lambda: not waiting(place), 60 + n / 2)
    place.set_mood("well")
    tally = of_mails("R15", [address for address in everybody if address not in since], place, watch.seconds)
    late = [arrival for arrival in place.arrived() if arrival.at > since.get(arrival.to, arrival.at) + IN_FLIGHT]
    spared = len(since.keys() - {arrival.to for arrival in place.arrived()})
    tally.n, tally.faults["changed"] = len(everybody), len(since)
    tally.remark = f"{len(since)} changed, {spared} of them before their mail was sent, {len(late)} sent after the change"
    if late or not spared:
        tally.broken.append(f"{len(late)} sent after the change, {spared} spared")
    return tally
