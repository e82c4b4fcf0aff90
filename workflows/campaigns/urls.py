"""Plans and campaigns: one address from the draft to the archive. The forms of a draft are in plans/urls.py."""

from django.urls import path

from . import views
from .views import committees, copies, supplements

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/new/", views.plan_new, name="plan_new"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/send/", views.send, name="plan_send"),
    path("plans/<int:pk>/take-back/", views.take_back, name="plan_take_back"),
    path("plans/<int:pk>/dispatch/", views.dispatch, name="plan_dispatch"),
    path("plans/<int:pk>/close/", views.begin_closing, name="plan_close"),
    path("plans/<int:pk>/resume/", views.resume, name="plan_resume"),
    path("plans/<int:pk>/statistics/<int:item>/", views.statistics, name="plan_statistics"),
    path("plans/<int:pk>/archive/", views.archive, name="plan_archive"),
    path("plans/<int:pk>/items/<int:item>/versions/", supplements.item_versions, name="item_versions"),
    path("plans/<int:pk>/copy/", copies.plan_copy, name="plan_copy"),
    path("plans/<int:pk>/supplements/new/", supplements.supplement_new, name="supplement_new"),
    path("plans/<int:pk>/committee/", committees.plan_committee, name="plan_committee"),
    path("committees/<int:pk>/<slug:do>/", committees.committee_act, name="committee_act"),
    path("supplements/<int:pk>/", supplements.supplement, name="supplement"),
    path("supplements/<int:pk>/reason/", supplements.supplement_reason, name="supplement_reason"),
    path("supplements/<int:pk>/items/<int:item>/", supplements.supplement_item, name="supplement_item"),
    path("supplements/<int:pk>/<slug:do>/", supplements.supplement_act, name="supplement_act"),
]
