"""档案, under /archive/."""

from django.urls import path

from . import views

urlpatterns = [
    path("items/", views.items, name="archive_items"),
    path("items/arrange/", views.arrange, name="archive_arrange"),
    path("items/scheme/", views.scheme, name="archive_scheme"),
    path("items/<int:pk>/", views.item, name="archive_item"),
]
