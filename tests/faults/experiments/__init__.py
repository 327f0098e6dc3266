"""The experiments of `make faults`; docs/reliability.md says what each of them shows."""

from tests.faults.experiments.beats import two_beats
from tests.faults.experiments.changes import changes
from tests.faults.experiments.drains import deploys, everything, one_task, prompts, reconciled, thousands
from tests.faults.experiments.invitations import invitations
from tests.faults.experiments.notes import notes
from tests.faults.experiments.poison import poison
from tests.faults.experiments.recovery import recovery
from tests.faults.experiments.replies import replies

ALL = {
    found.name: found
    for found in (invitations, notes, prompts, one_task, thousands, reconciled, everything, deploys, two_beats, replies, recovery, poison, changes)
}
