from partners.models.activity import Activity, ActivityPartner, Attendance, Headcount
from partners.models.baseline import Baseline
from partners.models.event import Event
from partners.models.invitation import Invitation
from partners.models.membership import Membership
from partners.models.partner import Partner
from partners.models.person import Absence, Person
from partners.models.places import Places
from partners.models.plan_change import PlanChange
from partners.models.project import Project, ProjectPartner, ProjectRole
from partners.models.write_up import WriteUp, WriteUpRevision

__all__ = [
    "Absence",
    "Activity",
    "ActivityPartner",
    "Attendance",
    "Baseline",
    "Event",
    "Headcount",
    "Invitation",
    "Membership",
    "Partner",
    "Person",
    "Places",
    "PlanChange",
    "Project",
    "ProjectPartner",
    "ProjectRole",
    "WriteUp",
    "WriteUpRevision",
]
