"""Plans and campaigns: one address from the draft to the archive. The forms of a draft are in plans/urls.py."""

from django.urls import path

from . import views

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
]
