from learning.models.asking import Nudge, QuestionSettings
from learning.models.change_mark import ChangeMark
from learning.models.check_in import CheckIn
from learning.models.consent import ConsentChange, LeftOut, NoticeAcceptance
from learning.models.follow_up import Confirmation, FollowUp, Wave
from learning.models.history import Revision, VisibilityChange
from learning.models.holding import Artefact, Carrier, KeepMark
from learning.models.occasion import Change, Obstacle, Passing, SwitchedOff
from learning.models.prompt import Pause, Prompt, PromptMail
from learning.models.reflection import Reflection
from learning.models.release import CoverSecret, PublicFigure, Release
from learning.models.reply import Reply
from learning.models.report_pack import ReportPack
from learning.models.takeaway import Kind, Takeaway
from learning.models.unsubscription import Unsubscription
from learning.models.visibility import Visibility

__all__ = [
    "Artefact",
    "Carrier",
    "Change",
    "ChangeMark",
    "CheckIn",
    "Confirmation",
    "ConsentChange",
    "CoverSecret",
    "FollowUp",
    "KeepMark",
    "Kind",
    "LeftOut",
    "NoticeAcceptance",
    "Nudge",
    "Obstacle",
    "Passing",
    "Pause",
    "Prompt",
    "PromptMail",
    "PublicFigure",
    "QuestionSettings",
    "Reflection",
    "Release",
    "Reply",
    "ReportPack",
    "Revision",
    "SwitchedOff",
    "Takeaway",
    "Unsubscription",
    "Visibility",
    "VisibilityChange",
    "Wave",
]
