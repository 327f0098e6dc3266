"""Activities in words: names, sides, dates. What is unknown is said."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners import dates, funder

register = template.Library()
register.filter("activity_dates", dates.activity_dates)
register.filter("month", dates.month)


@register.filter
def day(date):
    return dates.day(date) if date else ""


@register.simple_tag
def period(first, last):
    return dates.days(first, last)


@register.simple_tag
def funder_sentence():
    return funder.SUPPORT


@register.filter
def activity_name(activity):
    """Its title; its kind, where it has none."""
    return activity.title or activity.get_kind_display()


@register.filter
def sides(activity):
    """Ostend hosts River//Cities"""
    host, guests = activity.host, activity.guests
    names = {"host": host, "guests": ", ".join(map(str, guests)), "count": len(guests)}
    if host and len(guests) > 2:
        return ngettext("%(host)s hosts %(count)d partner", "%(host)s hosts %(count)d partners", len(guests)) % names
    if host and guests:
        return _("%(host)s hosts %(guests)s") % names
    if host:
        return _("Host: %(host)s") % names
    return _("Guests: %(guests)s, host not known") % names if guests else _("host and guests not known")


@register.filter
def byline(write_up, standing):
    """Who signs: inside the person, too; outside the organisation alone."""
    return f"{write_up.author} · {write_up.partner}" if standing.is_inside and write_up.author else str(write_up.partner)


@register.filter
def written(write_up):
    """When it was written, and that it was revised since."""
    if write_up.revised_at is None:
        return dates.day(write_up.written_on)
    return _("%(written)s, revised %(revised)s") % {"written": dates.day(write_up.written_on), "revised": dates.day(write_up.revised_at.date())}


@register.filter
def source_words(source):
    """What a source is called: its own words, else its address without the protocol."""
    words = source.get("what") or source.get("title") if isinstance(source, dict) else ""
    return words or source_url(source).partition("://")[2] or str(source)


@register.filter
def source_url(source):
    """The address of a source, if it is one that a browser may open."""
    url = source.get("url") or "" if isinstance(source, dict) else str(source)
    return url if url.startswith(("https://", "http://")) else ""


@register.filter
def readable_sources(sources, standing):
    """Inside all of them; outside those that stand on a public page."""
    return [source for source in sources if standing.is_inside or source_url(source)]


@register.filter
def lines(text):
    """The lines of a text that was written one thing a line."""
    return [line.strip(" -•*") for line in text.splitlines() if line.strip(" -•*")]
