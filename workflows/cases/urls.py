"""Pages of this room."""

from django.urls import path

from .views import (
    cases,
    choosing,
    exporting,
    loading,
    papers,
    parties,
    publishing,
    recommending,
    referring,
    rules,
    wall,
)

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/clocks/", wall.case_clocks, name="case_clocks"),
    path("cases/export/", exporting.case_export, name="case_export"),
    path("cases/new/", cases.case_new, name="case_new"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/edit/", cases.case_edit, name="case_edit"),
    path("cases/<int:pk>/record/", cases.case_record, name="case_record"),
    path("cases/<int:pk>/events/<int:event>/strike/", cases.case_strike, name="case_strike"),
    path("cases/<int:pk>/harm/", parties.case_harm, name="case_harm"),
    path("cases/<int:pk>/rows/<slug:kind>/new/", parties.case_row_new, name="case_row_new"),
    path("cases/<int:pk>/rows/<slug:kind>/<int:row>/", parties.case_row, name="case_row"),
    path("cases/<int:pk>/rows/<slug:kind>/<int:row>/<slug:do>/", parties.case_row_act, name="case_row_act"),
    path("cases/<int:pk>/recommend/", recommending.case_recommend, name="case_recommend"),
    path("recommendations/", recommending.recommendations, name="recommendations"),
    path("recommendations/<int:pk>/", recommending.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/<slug:do>/", recommending.recommendation_act, name="recommendation_act"),
    path("cases/<int:pk>/refer/", referring.case_refer, name="case_refer"),
    path("cases/<int:pk>/refer/stop/", referring.case_refer_stop, name="case_refer_stop"),
    path("cases/<int:pk>/papers/<slug:code>/", papers.case_paper, name="case_paper"),
    path("cases/<int:pk>/papers/<slug:code>/<int:about>/", papers.case_paper, name="case_paper"),
    path("cases/<int:pk>/publications/new/", publishing.publication_new, name="publication_new"),
    path("publications/", publishing.publications, name="publications"),
    path("publications/<int:pk>/", publishing.publication, name="publication"),
    path("publications/<int:pk>/<slug:do>/", publishing.publication_act, name="publication_act"),
    path("rules/", rules.rules, name="rules"),
    path("rules/what-if/", rules.rules_what_if, name="rules_what_if"),
    path("rules/choose/", choosing.rules_choose, name="rules_choose"),
    path("rules/load/", loading.rules_load, name="rules_load"),
    path("rules/<slug:code>-<int:version>.yaml", loading.rules_export, name="rules_export"),
]
