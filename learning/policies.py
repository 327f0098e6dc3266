"""Who may do what with a note, a thing, an answer. `by` is the person; `thing` a Reflection, Takeaway or FollowUp.

What may be read is not asked here: it is reached through `visible_to(person)`.
"""

from django.db.models import Exists, OuterRef, Q

from iimprove.written import written_once
from learning.defaults import DEFAULTS
from learning.models import FollowUp, NoticeAcceptance, Reflection, Takeaway, Visibility
from learning.models.visibility import AT_LEAST_ORGANISATION, AT_LEAST_PARTNERSHIP, WIDTH, Reach, is_narrower
from partners.models import Membership, Person, Places, ProjectPartner, ProjectRole, WriteUp

# Writing


def can_submit(*, by):
    """Nothing is kept from anybody who has not read that it is voluntary and never used for appraisal or pay; drafts are."""
    return by.is_active and bool(_read_notice(by.pk, DEFAULTS.notice))


@written_once
def _read_notice(person, version):
    return NoticeAcceptance.objects.filter(person=person, version=version).order_by().values_list("pk", flat=True)


def can_note(project, *, by):
    """Whoever takes part in a project today notes about it and its activities, also about those long past."""
    return project.pk in Places.of(by).projects


def can_edit(thing, *, by):
    """Only the author edits, at any time, with a history; nobody else ever changes a word."""
    return _is_author(thing, by) and not _is_deleted(thing)


def can_delete(thing, *, by):
    """Only the author deletes, and takes it back for a few days. Others ask the author."""
    return _is_author(thing, by)


def can_answer(prompt, *, by):
    """Only the person who was asked answers, once or again, until it closes. What somebody has taken back is not confirmed any more."""
    is_gone = prompt.follow_up is not None and (_is_deleted(prompt.follow_up) or prompt.follow_up.takeaway.deleted_at is not None)
    return prompt.person_id == by.pk and by.is_active and prompt.is_answerable and not is_gone


def can_ask_to_confirm(follow_up, witness, *, by):
    """The author asks somebody of the same project, or a colleague, whose name the author may read."""
    return _is_author(follow_up, by) and possible_witnesses(by, follow_up.takeaway.reflection.project).filter(pk=witness.pk).exists()


def possible_witnesses(person, project):
    """Those of `project` whose names `person` may read; outside of any project the own colleagues."""
    partners = project.parts.values("partner") if project else Membership.objects.current().filter(person=person).values("partner")
    members = Membership.objects.current().filter(partner__in=partners).values("person")
    roles = ProjectRole.objects.current().filter(project=project).values("person") if project else ProjectRole.objects.none().values("person")
    return offered_readers(person).filter(Q(pk__in=members) | Q(pk__in=roles))


def can_hold(takeaway, *, by):
    """Members of the organisation for which it was written look after it, as far as everybody there may read it; the author, too."""
    told = takeaway.reflection
    is_open = takeaway.visibility in AT_LEAST_ORGANISATION and not _is_deleted(takeaway)
    return is_open and Membership.objects.current().filter(person=by, partner=told.partner_then_id).exists()


# Who may read


def possible_levels(reflection):
    """The levels a note and its things can have: an organisation's needs an organisation, all partners' a project, public both."""
    levels = [Visibility.ONLY_ME, Visibility.PERSON]
    if reflection.partner_then_id:
        levels.append(Visibility.ORGANISATION)
    if reflection.project_id:
        levels.append(Visibility.PARTNERSHIP)
    if reflection.partner_then_id and reflection.project_id:
        levels.append(Visibility.PUBLIC)
    return levels


def can_be_reader(reader, *, by):
    """As the one reader one chooses somebody one works with: in an own organisation or project, with an open account."""
    if reader == by or not reader.is_active:
        return False
    return possible_readers(by).filter(pk=reader.pk).exists()


def possible_readers(person):
    """Everybody with whom `person` shares an organisation or a project today."""
    places = Places.of(person)
    projects = places.projects.keys()
    partners = {*places.partners, *ProjectPartner.objects.filter(project__in=projects).values_list("partner", flat=True)}
    colleagues = Membership.objects.current().filter(partner__in=partners)
    roles = ProjectRole.objects.current().filter(project__in=projects)
    # Not Q | Q: for that all people there are would be looked through.
    people = colleagues.order_by().values("person").union(roles.order_by().values("person"))
    return Person.objects.filter(pk__in=people, is_active=True).exclude(pk=person.pk)


def offered_readers(person):
    """Of these, the ones whose names `person` may read: colleagues, coordinators and educators, who signed something that is read here;
    for a coordinator everybody in the project. RELIABILITY §4, member list."""
    places = Places.of(person)
    projects = places.projects.keys()
    coordinated = ProjectPartner.objects.filter(project__in=places.coordinates).values("partner")
    members = Membership.objects.current().filter(Q(partner__in=places.partners) | Q(partner__in=coordinated))
    roles = ProjectRole.objects.current().filter(project__in=projects)
    signed = Reflection.objects.visible_to(person).submitted().filter(shown_as=Reflection.ShownAs.NAME, author=OuterRef("pk"))
    things = Takeaway.objects.visible_to(person).submitted().filter(reflection__shown_as=Reflection.ShownAs.NAME, reflection__author=OuterRef("pk"))
    write_ups = WriteUp.objects.filter(activity__project__in=projects, author=OuterRef("pk"))
    known = Q(pk__in=members.values("person")) | Q(pk__in=roles.values("person")) | Exists(signed) | Exists(things) | Exists(write_ups)
    return possible_readers(person).filter(known)


def can_set_visibility(thing, level, *, by, reader=None):
    """The author sets any level in one step. An admin of the organisation, and a coordinator of the project, may only narrow what they
    can read; nobody but the author ever widens, or sends it to one person. What is deleted can only be kept from being read if it comes back."""
    if _is_deleted(thing):
        return _is_author(thing, by) and level == Visibility.ONLY_ME
    if _is_author(thing, by):
        return _is_possible(thing, level, reader, by)
    return is_narrower(level, than=thing.visibility) and level in possible_levels(thing.told) and looks_after(thing, by=by)


def looks_after(thing, *, by):
    """Of what they can read: an admin of the organisation, a coordinator of the project, for what is public also a platform admin."""
    told, level = thing.told, thing.visibility
    if by.is_anonymous or not by.is_active or told.submitted_at is None:
        return False
    places = Places.of(by)
    of_partner = level in AT_LEAST_ORGANISATION and told.partner_then_id in places.admin_of
    of_project = level in AT_LEAST_PARTNERSHIP and told.project_id in places.coordinates
    return of_partner or of_project or (thing.is_public and by.is_staff)


def is_inside(thing, *, by):
    """Whoever works for the organisation it was written for, or belongs to "all partners" of its project."""
    told, reach = thing.told, Reach.of(by)
    return told.partner_then_id in reach.partners or told.project_id in reach.projects


def can_read_name(thing, *, by):
    """Outside of these what is public is signed by the organisation alone."""
    return thing.visibility != Visibility.PUBLIC or _is_author(thing, by) or is_inside(thing, by=by)


def can_approve_public(thing, *, by):
    """What goes to everybody is checked first by an admin of the organisation the author worked for: another one, where there is one."""
    told = thing.told
    if not thing.is_awaiting_approval or _is_deleted(thing) or told.submitted_at is None or not _is_admin_of(told.partner_then_id, by):
        return False
    admins = Membership.objects.current().filter(partner=told.partner_then_id, role=Membership.Role.ADMIN)
    return told.author_id != by.pk or not admins.exclude(person=by).exists()


def can_decline_public(thing, *, by):
    """Whoever could approve it."""
    return can_approve_public(thing, by=by)


def can_check(partner, *, by):
    """Its admins look at what its people want everybody to read; `by` is the standing at the partner."""
    return by.is_admin


def narrower_levels(thing, *, by):
    """Of somebody else's words: to which levels `by` may narrow them, the widest first."""
    if _is_author(thing, by):
        return []
    levels = [Visibility.PARTNERSHIP, Visibility.ORGANISATION, Visibility.ONLY_ME]
    return [level for level in levels if can_set_visibility(thing, level, by=by)]


# The questions of a project; `by` is a ProjectStanding


def can_read_queue(project, *, by):
    """Coordinators, and the admins of the project's partners, see what goes out as counts, and the addresses they look after."""
    return by.is_coordinator or bool(by.admin_of)


def can_change_questions(project, *, by):
    """Only coordinators set how a project asks, and have people reminded."""
    return by.is_coordinator


# The check-in of a partner; `by` is a ProjectStanding


def can_read_check_ins(partner, *, by):
    """What an organisation says of its own learning is read by its members and the project's coordinators."""
    return by.is_coordinator or partner.pk in by.partners


def can_check_in(partner, *, by):
    """Its admins write it, or a coordinator with them."""
    return by.is_coordinator or partner.pk in by.admin_of


# Cards


def can_reply(takeaway, *, by):
    """Whoever reads a shared card as a colleague, partner or educator, or as its one reader, answers it; so does its author."""
    if by.is_anonymous or not takeaway.is_shared or not Takeaway.objects.visible_to(by).filter(pk=takeaway.pk).exists():
        return False
    return _is_author(takeaway, by) or takeaway.visibility == Visibility.PERSON or is_inside(takeaway, by=by)


def can_take_too(takeaway, *, by):
    """Whoever reads somebody else's shared card takes it too, by one tap."""
    if by.is_anonymous or not by.is_active or _is_author(takeaway, by):
        return False
    return takeaway.is_shared and Takeaway.objects.visible_to(by).filter(pk=takeaway.pk).exists()


def _is_author(thing, by):
    return not by.is_anonymous and by.is_active and thing.told.author_id == by.pk


def _is_deleted(thing):
    return thing.deleted_at is not None or thing.told.deleted_at is not None


def _is_possible(thing, level, reader, by):
    if level not in possible_levels(thing.told) or (level == Visibility.PERSON) != (reader is not None):
        return False
    if isinstance(thing, FollowUp) and not _fits_in(thing.takeaway, level, reader):
        return False
    return reader is None or can_be_reader(reader, by=by)


def _fits_in(takeaway, level, reader):
    """Is `level` no wider than who may read the thing itself?"""
    if level == takeaway.visibility == Visibility.PERSON:
        return reader == takeaway.reader
    return WIDTH[level] <= WIDTH[takeaway.visibility]


def _is_admin_of(partner_id, by):
    return Membership.objects.current().filter(partner=partner_id, person=by, role=Membership.Role.ADMIN).exists()
