"""Mutants that nothing can notice: the program does the same without the piece. Each with its reason, for whoever reads the report."""

REASONS = {
    "changemakers/views/changemaker.py::changemaker_edit guard": "can_describe, which is asked next, holds the same rule.",
    "changemakers/views/choice.py::choice_edit guard": "can_edit_choice, which is asked next, holds the same rule.",
    "changemakers/views/choice.py::choice_choose guard": "can_choose, which is asked next, holds the same rule.",
    "changemakers/views/choice.py::choice_end guard": "can_end, which is asked next, holds the same rule.",
    "changemakers/views/choice.py::choice_drop guard": "can_drop, which is asked next, holds the same rule.",
    "changemakers/views/practice.py::practice_create guard": "can_describe, which is asked next, holds the same rule.",
    "changemakers/views/practice.py::practice_edit guard": "can_describe, which is asked next, holds the same rule.",
    "changemakers/views/changemaker.py::changemaker_publish guard": "can_publish, which is asked next, holds the same rule.",
    "changemakers/views/changemaker.py::changemaker_unpublish guard": "can_publish, which is asked next, holds the same rule.",
    "changemakers/views/changemaker.py::_chosen refusal": "can_publish says no more than the guard and the rows chosen from have said already.",
    "changemakers/views/stage.py::stage_take_back guard": "can_take_back, which is asked next, holds the same rule.",
    "learning/views/check_in.py::check_in guard": "can_read_check_ins, which is asked next, holds the same rule, in the project at hand.",
    "partners/views/account.py::second_factor_reset guard": "can_reset_second_factor, which is asked next, holds the same rule.",
    "partners/views/membership.py::membership_edit guard": "can_change_membership, which is asked next, holds the same rule.",
    "partners/views/membership.py::membership_end refusal": "can_end_membership is the rule of the guard.",
    "partners/views/baseline.py::baseline_detail guard": "partner_view itself lets in only whom the rule names.",
    "learning/views/partner.py::partner_detail guard": "partner_view itself lets in only whom the rule names.",
    "learning/views/qr.py::activity_qr guard": "Whoever is inside the project may note about it: activity_view has asked that already.",
    "learning/views/questions.py::_groups filter": "Only coordinators and admins of the project come here, and they read every activity of it.",
    "learning/views/questions.py::question_again guard": "Who looks after no address of the project finds none here, and is told the same: 404.",
}
