"""Mutants that nothing can notice: the program does the same without the piece. Each with its reason, for whoever reads the report."""

REASONS = {
    "learning/views/partner.py::partner_detail guard": "partner_view itself lets in only whom the rule names.",
    "learning/views/qr.py::activity_qr guard": "Whoever is inside the project may note about it: activity_view has asked that already.",
    "learning/views/questions.py::_groups filter": "Only coordinators and admins of the project come here, and they read every activity of it.",
    "learning/views/questions.py::question_again guard": "Who looks after no address of the project finds none here, and is told the same: 404.",
}
