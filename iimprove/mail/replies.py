"""What an error at sending means for the mail and for its address; docs/operations.md has it as a table."""

import re
import smtplib
from datetime import timedelta

RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]  # together just under a day
MOST_ATTEMPTS = len(RETRY_AFTER) + 1
MOST_BREAKS = 5  # attempts at a mail that goes wrong on our side, or takes its worker with it
TEMPORARY, PERMANENT = range(400, 500), range(500, 600)  # SMTP reply codes
NO_SUCH_ADDRESS = {550, 551, 553}
ENHANCED = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463: says more than the code
ABOUT_THE_ADDRESS = {(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}  # not: full, too large, or our own bad name


def retry_after(error, attempts):
    """How long a mail waits that could not be sent for the `attempts`th time; None: it has failed."""
    most = MOST_ATTEMPTS if isinstance(error, (OSError, _of_provider().AnymailError)) else MOST_BREAKS  # smtplib's errors are OSErrors, too
    if refuses_recipient(error) or refuses_content(error) or attempts >= most:
        return None
    return RETRY_AFTER[attempts - 1]


def refuses_recipient(error):
    return isinstance(error, (smtplib.SMTPRecipientsRefused, _of_provider().AnymailRecipientsRefused)) and _code(error) not in TEMPORARY


def refuses_content(error):
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code in PERMANENT


def stops_address(error):
    """Whether the refusal is about the address itself: nobody there, closed, moved. A full mailbox or a blocked sender is not."""
    if not refuses_recipient(error):
        return False
    if found := ENHANCED.search(words(error)):
        return tuple(map(int, found.groups())) in ABOUT_THE_ADDRESS
    return _code(error) in NO_SUCH_ADDRESS or _code(error) is None


def leaves_doubt(error):
    """Whether the mail may have left all the same: the connection ended before the answer came."""
    if isinstance(error, _of_provider().AnymailError):
        return error.status_code is None and not isinstance(error, _of_provider().AnymailRecipientsRefused)
    return isinstance(error, OSError) and not isinstance(error, (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused))


def words(error):
    return f"{type(error).__name__}: {error}"[:500]


def _of_provider():
    """The errors of mail providers: imported when a mail has failed, as they bring requests along, which a web process does without."""
    from anymail import exceptions

    return exceptions


def _code(error):
    """The SMTP reply code, or None."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return getattr(error, "smtp_code", None)
