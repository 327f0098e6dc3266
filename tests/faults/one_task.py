"""The negative control: what mails would be without the outbox, one Celery task for each. It must lose some, or the rig shows nothing.

`python -m tests.faults.one_task` publishes a task for each mail that waits; known to a worker started with `--include tests.faults.one_task`.
"""

import django

from iimprove.celery import app


@app.task
def send(pk):
    from django.core.mail import get_connection

    from iimprove.mail import Mail, compose

    get_connection().send_messages([compose(Mail.objects.get(pk=pk))])


def publish():
    from iimprove.mail import Mail

    for pk in Mail.objects.waiting().values_list("pk", flat=True):
        send.delay(str(pk))


if __name__ == "__main__":
    django.setup()
    from tests.faults import one_task  # under its own name, by which the worker knows the task

    one_task.publish()
