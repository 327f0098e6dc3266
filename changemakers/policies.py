"""Who may, and when. `by` is a PartnerStanding or a ProjectStanding: partners/standing.py."""

from changemakers.models import Choice


def can_read_choices(partner, *, by):
    """Whom an organisation considers is read by its own members only, not even by coordinators."""
    return by.is_inside


def can_consider(partner, *, by):
    """Its admins name candidates and write down the reasons."""
    return by.is_admin


def can_edit_choice(choice, *, by):
    """Its admins write reasons and evidence, as long as the work with the changemaker has not ended."""
    return can_consider(choice.partner, by=by) and choice.state != Choice.State.ENDED


def can_choose(choice, *, by):
    """Its admins choose one of the candidates."""
    return can_consider(choice.partner, by=by) and choice.is_candidate


def can_drop(choice, *, by):
    """Its admins take a candidate off the list; nobody else has seen it there."""
    return can_choose(choice, by=by)


def can_end(choice, *, by):
    """Its admins end the work with the changemaker they chose."""
    return can_consider(choice.partner, by=by) and choice.is_chosen


def can_describe(choice, *, by):
    """Admins of a partner that chose a changemaker keep details and practices; of one that considers it, as long as no other chose it."""
    if not can_edit_choice(choice, by=by) or choice.is_chosen:
        return can_edit_choice(choice, by=by)
    changemaker = choice.changemaker
    return not changemaker.is_published and not changemaker.choices.made().exclude(partner=choice.partner_id).exists()


def can_publish(changemaker, *, by):
    """Coordinators publish a changemaker that is chosen in their project, and take it back."""
    return by.is_coordinator and changemaker.choices.made().filter(project=by.project).exists()


def can_delete_practice(practice, *, by):
    """Whoever describes it deletes it, as long as nobody has said how far it has come with them: that is their history."""
    return not practice.stages.exists()


def can_record_stages(project, *, by):
    """Whoever speaks for some organisation of the project says how far practices have come there."""
    return by.is_coordinator or bool(by.admin_of)


def can_speak_for(partner_id, *, by):
    """Admins for their own organisation, coordinators for any."""
    return by.is_coordinator or partner_id in by.admin_of


def can_take_back(stage, *, by):
    """Who recorded it takes it back; the queryset says whether it is the last that was said."""
    return stage.by_id == by.person.pk and can_speak_for(stage.partner_id, by=by)
