"""R5: two beats tick at once; both are down for a while; who missed several ticks gets one mail."""

import time

from tests.faults.experiments.experiment import Watch, addresses, all_arrive, experiment
from tests.faults.rig import TICK
from tests.faults.tally import of_mails

DOWN = 30  # ticks; an hour of operation has 360
RETURN = 120  # seconds in which everything overdue is sent
GROUPS = 4
VISITS = 3


@experiment("R5", n=200, small=80, beats=2, plan_tick=TICK)
def two_beats(place, n):
    watch = Watch()
    for group in range(GROUPS):
        place.scene("visited", f"tick{group}={n // 2 // GROUPS}")
        time.sleep(3)
    ticked = [address for group in range(GROUPS) for address in addresses(f"tick{group}", n // 2 // GROUPS)]
    all_arrive(place, ticked, 60)
    for beat in ("beat", "beat-2"):
        place.stop(beat)
        place.faults[f"{beat} down"] += 1
    place.scene("visited_often", n // 2, VISITS)
    time.sleep(DOWN)
    for beat in ("beat", "beat-2"):
        place.start(beat)
    overdue = addresses("often", n // 2)
    taken = all_arrive(place, overdue, RETURN)
    time.sleep(10)  # time for a second mail, if there were one
    rows = place.number("SELECT count(*) FROM learning_prompt")
    tally = of_mails("R5", ticked + overdue, place, watch.seconds, remark=f"overdue sent {taken:.0f} s after the return")
    if rows != len(ticked) + VISITS * len(overdue):
        tally.broken.append(f"{rows} prompts")
    return tally
