"""The mails of this app, one file per noun: for each a function that queues it and one that says it when it is sent.

No text anybody wrote goes by mail; own titles do, to those who switched that on.
"""

from learning.emails.attendance import attendance_missing, who_goes
from learning.emails.hours import NOT_NOW
from learning.emails.links import answer_url, new_link
from learning.emails.pause import pause_draft
from learning.emails.questions import questions, questions_bounced, questions_draft
from learning.emails.replies import reply
from learning.emails.taken import taken_draft
from learning.emails.trial import trial

__all__ = [
    "NOT_NOW",
    "answer_url",
    "attendance_missing",
    "new_link",
    "pause_draft",
    "questions",
    "questions_bounced",
    "questions_draft",
    "reply",
    "taken_draft",
    "trial",
    "who_goes",
]
