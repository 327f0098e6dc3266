from django.db import models

from partners.models.person import Person


class Published(models.Model):
    """What strangers may read from the day on which somebody publishes it."""

    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_published(self):
        return self.published_at is not None
