from django.urls import path

from . import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("administration/health/", views.health_page, name="health_page"),
]
