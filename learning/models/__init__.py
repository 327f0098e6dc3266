from learning.models.consent import ConsentChange, LeftOut, NoticeAcceptance
from learning.models.follow_up import FollowUp, Wave
from learning.models.history import Revision, VisibilityChange
from learning.models.holding import Artefact, Carrier
from learning.models.occasion import Obstacle, Passing
from learning.models.prompt import Prompt, PromptMail
from learning.models.reflection import Reflection
from learning.models.reply import Reply
from learning.models.takeaway import Kind, Takeaway
from learning.models.visibility import Visibility

__all__ = [
    "Artefact",
    "Carrier",
    "ConsentChange",
    "FollowUp",
    "Kind",
    "LeftOut",
    "NoticeAcceptance",
    "Obstacle",
    "Passing",
    "Prompt",
    "PromptMail",
    "Reflection",
    "Reply",
    "Revision",
    "Takeaway",
    "Visibility",
    "VisibilityChange",
    "Wave",
]
