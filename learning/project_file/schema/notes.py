"""What people noted, what they take with them, and what became of it.

A sample holds it whole. A real project's file holds what all partners may read, and of that nothing that names somebody or that only
its author sees.
"""

from learning.models import (
    Artefact,
    Carrier,
    Change,
    CheckIn,
    Confirmation,
    FollowUp,
    KeepMark,
    Obstacle,
    Passing,
    Reflection,
    Reply,
    Takeaway,
    Visibility,
)
from learning.project_file import values
from learning.project_file.schema.declaration import Key, Section, of
from learning.project_file.values import ListOf, Ref, Rows

OF_SAMPLE = {"is_sample_only": True}
REQUIRED = {"is_required": True}
SOMEBODY = {"kind": Ref("people")}
ASKED = {"about": "When it was asked; any: somebody said so unasked."}
SEEN_BY_AUTHOR = ("handover", "plan_when", "plan_then", "importance", "kept_at")


def _or(default):
    """Not required: what is left out is the default."""
    return {"is_required": False, "default": default}


def _who_may_read(model):
    """Left out, it is its author's alone."""
    return (
        *of(model, "visibility", visibility=_or(Visibility.ONLY_ME.value)),
        Key("reader", Ref("people"), "The one person who may read it.", is_sample_only=True),
        *of(model, "approved_at", approved_at=OF_SAMPLE),
        Key("approved_by", Ref("people"), "Who checked it for the organisation.", source="approver_here", is_sample_only=True),
    )


CONFIRMATION = Section(
    "confirmations",
    "What colleagues say of it, each once.",
    of(Confirmation, "person said at", person={**SOMEBODY, "about": "Who says so."}, at={"about": "When."}),
    unique=("person",),
)
FOLLOW_UP = Section(
    "follow_ups",
    "What became of a thing, as known on one day; never read more widely than the thing.",
    (
        *of(FollowUp, "wave observed_at state effect without", wave=ASKED, without={"about": "What there would be without the activity."}),
        *of(FollowUp, "evidence", evidence={"kind": values.named(FollowUp.Evidence), **_or(FollowUp.Evidence.SAID.value)}),
        *of(FollowUp, "texts", texts={"kind": values.Texts()}),
        Key("activity", Ref("activities"), "The later activity it led to.", source="activity_here"),
        Key("reflection", Ref("reflections"), "The note in which it was told.", source="told_in", is_sample_only=True),
        *_who_may_read(FollowUp),
        Key("confirmations", Rows(CONFIRMATION), "Who confirmed it.", source="confirmations_here", default=[], is_sample_only=True),
    ),
    order=("observed_at", "wave"),
)
CARRIER = Section(
    "carriers",
    "People who can carry a thing on.",
    of(Carrier, "person since confirmed_at", person={**SOMEBODY, "about": "Who."}, since={"about": "Since when."}),
    unique=("person",),
)
ARTEFACT = Section(
    "artefacts",
    "Pages that hold a thing. Files are counted, not contained.",
    (
        *of(Artefact, "link checked_at", link=REQUIRED, checked_at={"about": "When somebody looked whether it is still there."}),
        Key("checked_by", Ref("people"), "Who looked.", source="checker_here"),
    ),
    order=("link",),
)
KEEP_MARK = Section(
    "keep_marks",
    "Who says that the organisation should keep it.",
    of(KeepMark, "person at", person={**SOMEBODY, "about": "Who."}, at={**REQUIRED, "about": "When."}),
    unique=("person",),
)
REPLY = Section(
    "replies",
    "Answers to a shared thing.",
    of(Reply, "author language text created_at", author={**SOMEBODY, "about": "Who answered."}, created_at={**REQUIRED, "about": "When."}),
    order=("created_at", "author"),
)
TAKEAWAY = Section(
    "takeaways",
    "The things somebody takes from it, in their order.",
    (
        Key("id", values.ID, "By what others name it; only where they do.", source="id_here"),
        *of(Takeaway, "title kinds is_doubt"),
        *of(Takeaway, "will_use", will_use={"kind": values.named(Takeaway.WillUse)}),
        *of(Takeaway, "handover plan_when plan_then importance kept_at", **dict.fromkeys(SEEN_BY_AUTHOR, OF_SAMPLE)),
        Key("source_partners", ListOf(Ref("partners")), "Where it comes from.", source="sources_here", default=[]),
        Key("practice", Ref("practices"), "The practice it is about, as changemaker/practice.", source="practice_here"),
        Key("taken_from", Ref("takeaways"), "The thing of somebody else that is taken, too.", source="taken_here"),
        *_who_may_read(Takeaway),
        Key("carriers", Rows(CARRIER), "Who can carry it on.", source="carriers_here", default=[], is_sample_only=True),
        Key("artefacts", Rows(ARTEFACT), "What holds it.", source="artefacts_here", default=[], is_sample_only=True),
        Key("keep_marks", Rows(KEEP_MARK), "Who wants it kept.", source="keep_marks_here", default=[], is_sample_only=True),
        Key("replies", Rows(REPLY), "The dialogue about it.", source="replies_here", default=[], is_sample_only=True),
        Key("follow_ups", Rows(FOLLOW_UP), "What became of it.", source="follow_ups_here", default=[]),
    ),
    keeps_order=True,
)
REFLECTIONS = Section(
    "reflections",
    "Notes, about an activity or an everyday moment. In a real project's file without names, and of level partnership.",
    (
        Key("id", values.ID, "By what others name it; only where they do.", source="id_here", is_sample_only=True),
        Key("author", Ref("people"), "Who wrote it.", is_sample_only=True),
        Key("partner", Ref("partners"), "For whom the author worked then.", source="partner_here"),
        Key("activity", Ref("activities"), "What it is about, if about an activity."),
        *of(
            Reflection, "happened_on submitted_at", submitted_at={**REQUIRED, "about": "When it was written; in a real project's file only the day."}
        ),
        *of(Reflection, "edited_at language", edited_at=OF_SAMPLE),
        *of(Reflection, "starter medium", starter=_or("line"), medium=_or("typed")),
        *of(Reflection, "instrument", instrument=OF_SAMPLE),
        *of(Reflection, "gave", gave={"kind": values.named(Reflection.Gave), **OF_SAMPLE}),
        *of(Reflection, "text answers", answers={"kind": values.Texts(), **OF_SAMPLE}),
        *of(Reflection, "shown_as counts_when_few", shown_as={**_or("name"), **OF_SAMPLE}, counts_when_few=OF_SAMPLE),
        *_who_may_read(Reflection),
        Key("takeaways", Rows(TAKEAWAY), "What the author takes from it.", source="takeaways_here", default=[]),
    ),
    order=("happened_on", "submitted_at", "author"),
)


def _of_occasion(name, about, model, fields, **overrides):
    """What somebody said once for all things of an activity, a moment of their own, or the whole project."""
    return Section(
        name,
        about,
        (
            Key("person", Ref("people"), "Who said it.", is_required=True),
            Key("activity", Ref("activities"), "About which activity."),
            Key("reflection", Ref("reflections"), "Or about which everyday moment; with neither, about the whole project.", source="moment_here"),
            *of(model, f"wave said_at {fields}", wave=ASKED, said_at={**REQUIRED, "about": "When it was said."}, **overrides),
        ),
        order=("said_at", "person", "wave", "activity"),
    )


OBSTACLES = _of_occasion("obstacles", "What was in the way of using it.", Obstacle, "codes")
PASSINGS = _of_occasion("passings", "Whom people told or showed.", Passing, "audiences")
CHANGES = _of_occasion("changes", "Whether it changed what matters, and what would stay.", Change, "changed stays")
CHECK_INS = Section(
    "check_ins",
    "What partners say every few months of what they want to learn, what helps and what stops people. Read by their members and the coordinators.",
    (
        Key("partner", Ref("partners"), "Whose it is.", is_required=True),
        *of(CheckIn, "on language instrument wanted fitted helped obstacles stopped", on={**REQUIRED, "about": "Of which day."}),
        Key("story", Ref("takeaways"), "Which story comes first.", source="story_here"),
        *of(CheckIn, "why"),
        Key("by", Ref("people"), "Who wrote it."),
        *of(CheckIn, "written_at", written_at={**REQUIRED, "about": "When it was written."}),
    ),
    order=("on", "partner", "written_at"),
)
