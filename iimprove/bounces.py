"""Mails that came back. An address that is gone, or whose owner complained, gets no more mail until somebody says "try again"."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class BounceQuerySet(models.QuerySet):
    def standing(self):
        """Those that stop mail to their address."""
        return self.filter(is_permanent=True, lifted_at=None)

    def over(self):
        """Those that stop nothing, or no longer."""
        return self.exclude(is_permanent=True, lifted_at=None)


class Bounce(models.Model):
    """One report that a mail did not reach its address: an answer of the mail server, or an event of the mail provider."""

    address = models.EmailField(_("address"), help_text=_("In small letters."))
    at = models.DateTimeField(_("when"), db_default=Now())
    is_permanent = models.BooleanField(_("stops mail to the address"))
    words = models.CharField(_("what was said"), max_length=500, blank=True)
    event_id = models.CharField(max_length=200, unique=True, help_text=_("A report that comes twice is kept once."))
    lifted_at = models.DateTimeField(_("tried again from"), null=True, blank=True)

    objects = BounceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("bounced mail"), _("bounced mails")
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["address"], condition=Q(is_permanent=True, lifted_at=None), name="bounce_standing")]

    def __str__(self):
        return self.address


def record(address, *, event_id, is_permanent, words, at=None):
    """Keep a report; returns whether it is new."""
    values = {"address": address.lower(), "is_permanent": is_permanent, "words": words[:500]} | ({"at": at} if at else {})
    _bounce, is_new = Bounce.objects.get_or_create(event_id=event_id, defaults=values)
    return is_new


def of(addresses):
    """{address in small letters: its newest bounce} of those among `addresses` that get no mail."""
    standing = Bounce.objects.standing().filter(address__in={address.lower() for address in addresses}).order_by("at", "pk")
    return {bounce.address: bounce for bounce in standing}


def lift(address):
    """Try again: mail to `address` goes out from now on."""
    return Bounce.objects.standing().filter(address=address.lower()).update(lifted_at=Now())
