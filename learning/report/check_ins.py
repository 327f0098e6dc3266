"""What partners say of themselves: their check-ins, and how far they have come with practices."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from changemakers.models import Practice, PracticeStage, last_stages
from learning import policies
from learning.models import CheckIn, Takeaway
from learning.report import facts
from learning.report.block import Block, Quote
from learning.templatetags.notes import signed
from partners.dates import day
from partners.models import ProjectPartner

TEXTS = ("wanted", "helped", "stopped")


def check_ins(project, period, *, by):
    """What was tapped is a fact; what was written is a quote, signed by the organisation, in the language it was written in."""
    rows = [row for row in project.check_ins.select_related("partner") if period.holds(row.on)]
    rows.sort(key=lambda row: (str(row.partner), row.on, row.written_at))
    return Block(
        "check-ins",
        _("What the partners say of themselves"),
        (*filter(None, map(facts.tapped, rows)), *_practices(project, period)),
        quotes=tuple(_quotes(rows)),
        missing=tuple(_missing(project, rows, by)),
    )


def _practices(project, period):
    """What partners last said of each practice in the period."""
    practices, partners = Practice.objects.chosen_in(project), project.parts.values("partner")
    said = PracticeStage.objects.standing().filter(practice__in=practices, partner__in=partners).select_related("practice", "partner").as_said()
    last = last_stages(row for row in said if period.holds(row.known_on)).values()
    for practice in sorted({row.practice for row in last}, key=str):
        yield facts.how_far(practice, [row for row in last if row.practice == practice])


def _quotes(rows):
    """A story, and why it comes first, only where its author let it out to everybody."""
    public = Takeaway.objects.visible_to(AnonymousUser()).submitted().filter(pk__in=[row.story_id for row in rows if row.story_id])
    stories = public.exclude(title="").select_related("reflection__partner_then").in_bulk()
    for row in rows:
        yield from (_quote(row, name) for name in TEXTS if getattr(row, name))
        if story := stories.get(row.story_id):
            yield Quote(story.title, signed(story.reflection, is_inside=False), story.reflection.language)
            yield from [_quote(row, "why")] if row.why else []


def _quote(row, name):
    """One answer, signed as "Laimikis.lt, 13 March 2020: what helped"."""
    return Quote(getattr(row, name), f"{row.partner}, {day(row.on)}: {CheckIn._meta.get_field(name).verbose_name}", row.language)


def _missing(project, rows, by):
    """Who has a full part in the project and said nothing in the period."""
    heard = {row.partner_id for row in rows}
    parts = project.parts.exclude(part=ProjectPartner.Part.ASSOCIATED).exclude(partner__in=heard).select_related("partner")
    for partner in sorted((part.partner for part in parts), key=str):
        form = reverse("learning:check_in", args=[partner.slug, project.slug]) if policies.can_check_in(partner, by=by) else None
        yield f"{partner}: {_('No check-in')}", form
