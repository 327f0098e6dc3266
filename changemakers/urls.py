from django.urls import path

from changemakers.views import changemaker, choice, practice, stage

app_name = "changemakers"
urlpatterns = [
    path("changemakers/", changemaker.changemaker_list, name="changemaker_list"),
    path("p/<slug:project>/changemakers/<slug:changemaker>/publish/", changemaker.changemaker_publish, name="changemaker_publish"),
    path("p/<slug:project>/changemakers/<slug:changemaker>/unpublish/", changemaker.changemaker_unpublish, name="changemaker_unpublish"),
    path("p/<slug:project>/changemakers/<slug:changemaker>/stages/", stage.stage_record, name="stage_record"),
    path("p/<slug:project>/changemakers/<slug:changemaker>/stages/<uuid:stage>/take-back/", stage.stage_take_back, name="stage_take_back"),
    path("o/<slug:partner>/changemaker/", choice.choice_list, name="choice_list"),
    path("o/<slug:partner>/changemaker/add/", choice.choice_create, name="choice_create"),
    path("o/<slug:partner>/changemaker/<uuid:choice>/", choice.choice_edit, name="choice_edit"),
    path("o/<slug:partner>/changemaker/<uuid:choice>/choose/", choice.choice_choose, name="choice_choose"),
    path("o/<slug:partner>/changemaker/<uuid:choice>/end/", choice.choice_end, name="choice_end"),
    path("o/<slug:partner>/changemaker/<uuid:choice>/drop/", choice.choice_drop, name="choice_drop"),
    path("o/<slug:partner>/changemaker/<uuid:choice>/details/", changemaker.changemaker_edit, name="changemaker_edit"),
    path("o/<slug:partner>/changemaker/<uuid:choice>/practices/add/", practice.practice_create, name="practice_create"),
    path("o/<slug:partner>/changemaker/<uuid:choice>/practices/<uuid:practice>/", practice.practice_edit, name="practice_edit"),
    path("o/<slug:partner>/changemaker/<uuid:choice>/practices/<uuid:practice>/delete/", practice.practice_delete, name="practice_delete"),
]
