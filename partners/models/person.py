import datetime
import uuid
import zoneinfo
from functools import cache

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.fields import in_order


@cache
def known_zones():
    """All names of time zones; to find them takes a walk through the system's files."""
    return frozenset(zoneinfo.available_timezones())


def validate_zone(name):
    if name not in known_zones():
        raise ValidationError(_("“%(zone)s” is not a time zone."), params={"zone": name})


class PersonManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """A person who signs in by code, or by `password` where one is given."""
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Anybody with an account. What a person may do comes from memberships and project roles that are running today."""

    class MailPreference(models.TextChoices):
        ALL = "all", _("Ask me after each activity, and again later")
        FEWER = "fewer", _("Ask me less: only after 3 and 12 months")
        NONE = "none", _("Send me no questions")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True, error_messages={"unique": _("Somebody has this address already.")})
    name = models.CharField(_("name"), max_length=120, help_text=_("As colleagues know you."))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, validators=[validate_zone])
    send_at = models.TimeField(_("mail me at"), default=datetime.time(9, 30), help_text=_("Your local time, on working days."))
    mail_preference = models.CharField(_("questions by mail"), max_length=8, choices=MailPreference, default=MailPreference.ALL)
    titles_in_mail = models.BooleanField(
        _("name my own things in the mail"), default=False, help_text=_("Then what you noted stands in the mail; anybody who sees it can read it.")
    )
    calendar_in_mail = models.BooleanField(_("add a calendar entry to the mail"), default=False)
    private_address = models.EmailField(_("private e-mail address"), blank=True, help_text=_("So that you can take your notes along when you leave."))
    is_sample = models.BooleanField(default=False, help_text=_("Invented, for a sample project: no mail to this person leaves the site."))
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("platform admin"), default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_lower")]

    def __str__(self):
        return self.name

    def clean(self):
        self.email = self.email.lower()

    def get_short_name(self):
        """What a greeting says: the first name, or the role of an invented person."""
        return self.name.partition("," if self.is_sample else " ")[0].rstrip(",")


class Absence(models.Model):
    """Days on which a person wants no questions: holiday, leave, another job."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [in_order("starts_on", "ends_on", name="absence_in_order")]

    def __str__(self):
        return f"{self.starts_on} – {self.ends_on}"
