from django.urls import path

from learning.views import activity, answer, card, figure, home, partner, project

app_name = "learning"
urlpatterns = [
    path("", home.home, name="home"),
    path("answer/<uuid:prompt>/", answer.answer_begin, name="answer_begin"),
    path("answer/<uuid:prompt>/questions/", answer.answer_form, name="answer_form"),
    path("answer/<uuid:prompt>/draft/", answer.answer_draft, name="answer_draft"),
    path("answer/<uuid:prompt>/thanks/", answer.answer_thanks, name="answer_thanks"),
    path("answer/<uuid:prompt>/later/", answer.answer_later, name="answer_later"),
    path("answer/<uuid:prompt>/not-relevant/", answer.answer_decline, name="answer_decline"),
    path("answer/<uuid:prompt>/stop/", answer.answer_stop, name="answer_stop"),
    path("answer/<uuid:prompt>/again/", answer.answer_again, name="answer_again"),
    path("answer/<str:prompt_token>/unsubscribe/", answer.answer_unsubscribe, name="answer_unsubscribe"),
    path("answer/<str:prompt_token>/", answer.answer, name="answer"),
    path("answer/<str:prompt_token>/<slug:instead>/", answer.answer, name="answer_instead"),
    path("p/<slug:project>/", project.project_detail, name="project_detail"),
    path("p/<slug:project>/activities/", activity.activity_list, name="activity_list"),
    path("p/<slug:project>/activities/<slug:code>/", activity.activity_detail, name="activity_detail"),
    path("p/<slug:project>/activities/<slug:code>/cards/<uuid:card>/take/", card.card_take, name="card_take"),
    path("p/<slug:project>/activities/<slug:code>/cards/<uuid:card>/leave/", card.card_leave, name="card_leave"),
    path("p/<slug:project>/activities/<slug:code>/cards/<uuid:card>/reply/", card.card_reply, name="card_reply"),
    path("p/<slug:project>/activities/<slug:code>/figures.csv", figure.activity_figures, name="activity_figures"),
    path("p/<slug:project>/activities/<slug:code>/replies/<uuid:reply>/delete/", card.reply_delete, name="reply_delete"),
    path("p/<slug:project>/visits/", project.visit_matrix, name="visit_matrix"),
    path("p/<slug:project>/gaps/", project.gap_list, name="gap_list"),
    path("p/<slug:project>/partners/", project.project_partner_list, name="project_partner_list"),
    path("o/<slug:partner>/", partner.partner_detail, name="partner_detail"),
    path("o/<slug:partner>/members/", partner.member_list, name="member_list"),
]
