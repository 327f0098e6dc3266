from django.db import models
from django.db.models.functions import Now

from iimprove.bounces import Bounce
from iimprove.mail import Mail

__all__ = ["Bounce", "Heartbeat", "Mail"]


class Heartbeat(models.Model):
    """When a periodic job last ran: how a stopped beat or worker is noticed."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return f"{self.name}: {self.at}"

    @classmethod
    def beat(cls, name):
        cls.objects.update_or_create(name=name, defaults={"at": Now()})
