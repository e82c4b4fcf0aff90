"""The forms of a draft. The plan's own page is at plans/<pk>/, in campaigns: it lives on as the campaign's."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("plans/<int:pk>/facts/", views.facts, name="plan_facts"),
    path("plans/<int:pk>/items/new/", views.item_new, name="plan_item_new"),
    path("plans/<int:pk>/items/<int:number>/", views.item, name="plan_item"),
    re_path(
        r"^plans/(?P<pk>[0-9]{1,18})/items/(?P<number>[0-9]{1,18})/(?P<act>check|uncheck|remove|restore)/$",
        views.item_act,
        name="plan_item_act",
    ),
]
