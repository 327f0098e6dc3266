"""Sends invitations as a partner admin would, one after another, whatever dies meanwhile; run as its own process.

`python -m tests.faults.inviter COUNT PAUSE JOURNAL`: an address is written to the journal only when its invitation is committed.
"""

import os
import sys
import time
from pathlib import Path

import django


def main(count, pause, journal):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iimprove.settings")
    django.setup()
    from django.db import DatabaseError, InterfaceError, connection

    from partners.actions.people import invite
    from partners.models import Invitation, Membership

    def patiently(action, *args):
        while True:
            try:
                return action(*args)
            except (DatabaseError, InterfaceError):
                connection.close()
                time.sleep(0.2)

    def invite_once(email):
        if not Invitation.objects.filter(email=email).exists():
            invite(partner=admin.partner, email=email, role="member", by=admin.person)

    admin = patiently(Membership.objects.filter(role="admin").select_related("partner", "person").get)
    with Path(journal).open("a") as acknowledged:
        for number in range(count):
            email = f"guest{number}@partners.local"
            patiently(invite_once, email)
            acknowledged.write(email + "\n")
            acknowledged.flush()
            os.fsync(acknowledged.fileno())
            time.sleep(pause)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3])
