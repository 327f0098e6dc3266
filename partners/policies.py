"""Who may, and when. `by` is a ProjectStanding or a PartnerStanding: partners/standing.py."""

from iimprove.clock import today
from partners.models import Activity

LONGEST_STAY = 31  # days

# At a partner


def can_read_partner(partner, *, by):
    """Members, coordinators of its projects, and everybody in a common project read an organisation's page."""
    return by.is_connected


def can_read_members(partner, *, by):
    """Who works there is read by its members and by the coordinators of its projects."""
    return by.is_inside or by.coordinates


def can_read_memory(partner, *, by):
    """What an organisation keeps is read, and looked after, by its members and nobody else."""
    return by.is_inside


def can_manage_members(partner, *, by):
    """Its admins and the coordinators of its projects invite, change roles and set dates."""
    return by.is_admin or by.coordinates


def can_reset_second_factor(membership, *, by):
    """Whoever manages the members there, for somebody else who works there now; never for a platform admin."""
    person = membership.person
    return membership.is_current and person != by.person and not person.is_staff and can_manage_members(membership.partner, by=by)


def can_edit_partner(partner, *, by):
    """Its admins and the coordinators of its projects keep an organisation's details right."""
    return by.is_admin or by.coordinates


def can_read_events(partner, *, by):
    """Who changed what at an organisation is read by its own admins."""
    return by.is_admin


def can_change_membership(membership, *, by):
    """Whoever manages the members changes a place there that has not ended: role, job title, contract, dates."""
    return can_manage_members(membership.partner, by=by) and not membership.is_ended


def can_end_membership(membership, *, by):
    """Whoever manages the members sets the end, and mends it later; nobody ends or changes the own place as a plain member."""
    return can_manage_members(membership.partner, by=by)


def can_resume_membership(membership, *, by):
    """Whoever manages the members takes an end back, whether it lies ahead or has passed."""
    return can_manage_members(membership.partner, by=by) and membership.ended_on is not None


def can_read_baseline(project, *, by):
    """Everybody in the project reads its partners' baselines; `by` is the standing in the project."""
    return by.is_inside


def can_write_baseline(partner, *, by):
    """Only its admins write and reread an organisation's baseline."""
    return by.is_admin


# In a project


def can_coordinate(project, *, by):
    """Only coordinators change the project: details, period, partners, roles, activities, publication."""
    return by.is_coordinator


def can_change_sides(project, *, by):
    """Only coordinators say who hosts and who visits: it decides who may write about a meeting."""
    return by.is_coordinator


def can_edit_activity(activity, *, by):
    """Coordinators, and the admins of the host and guests, keep an activity's facts right."""
    return by.is_coordinator or bool(by.admin_of & _sides(activity))


def can_move_activity(activity, *, by):
    """Whoever may edit it, as long as it is neither held nor cancelled."""
    return activity.status in (Activity.Status.PLANNED, Activity.Status.MOVED) and can_edit_activity(activity, by=by)


def can_hold_activity(activity, *, by):
    """Whoever may move it says that it took place, once the first day it can have begun is here."""
    return can_move_activity(activity, by=by) and (activity.sorts_on is None or activity.sorts_on <= today())


def can_unhold_activity(activity, *, by):
    """Whoever may edit it takes back that it took place: a click too many, the wrong meeting."""
    return activity.status == Activity.Status.HELD and can_edit_activity(activity, by=by)


def can_cancel_activity(activity, *, by):
    """Only a coordinator cancels, and only what is not cancelled or held already."""
    return by.is_coordinator and activity.status in (Activity.Status.PLANNED, Activity.Status.MOVED)


def can_restore_activity(activity, *, by):
    """Only a coordinator takes a cancellation back."""
    return by.is_coordinator and activity.status == Activity.Status.CANCELLED


def can_record_attendance(activity, *, by):
    """Coordinators for everybody; admins of the host and guests for their own people. Not for what was cancelled."""
    return activity.status != Activity.Status.CANCELLED and can_edit_activity(activity, by=by)


def can_say_i_was_there(activity, *, by):
    """Whoever works for the host or a guest, or has a role in the project, says of themselves that they are or were there."""
    has_begun = activity.sorts_on is not None and activity.sorts_on <= today()
    return has_begun and activity.status != Activity.Status.CANCELLED and (can_write_up(activity, by=by) or bool(by.roles))


def can_end_activity(activity, *, by):
    """Where the last day is not known, whoever was there says that it has ended; of what began long ago the day has to be looked up."""
    if activity.ends_on is not None or activity.starts_on is None or not 0 <= (today() - activity.starts_on).days <= LONGEST_STAY:
        return False
    return can_say_i_was_there(activity, by=by)


def can_record_headcounts(activity, *, by):
    """As attendance: coordinators, and the admins of host and guests."""
    return can_record_attendance(activity, by=by)


def can_read_names(partner, *, by):
    """Who was there is read by name at the own organisation, and by coordinators; others read how many."""
    return by.is_coordinator or (partner is not None and partner.pk in by.partners)


def can_write_up(activity, *, by):
    """Everybody who works for the host or a guest writes for the own side; before, during, or years after."""
    return bool(by.partners.keys() & _sides(activity))


def can_revise_write_up(write_up, *, by):
    """Its author while working for that partner, and that partner's admins."""
    membership = by.partners.get(write_up.partner_id)
    return membership is not None and (membership.is_admin or write_up.author_id == by.person.pk)


def can_publish_write_up(write_up, *, by):
    """What leaves the organisation is checked by its own admins, nobody else."""
    return write_up.partner_id in by.admin_of


def can_read_revisions(write_up, *, by):
    """What a write-up said before stays inside the organisation."""
    return write_up.partner_id in by.partners


def _sides(activity):
    return {side.partner_id for side in activity.sides.all()}
