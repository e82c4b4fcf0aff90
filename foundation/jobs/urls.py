from django.urls import path

from . import views

urlpatterns = [
    path("jobs/<int:pk>/", views.show, name="job"),
    path("jobs/<int:pk>/cancel/", views.cancel, name="job_cancel"),
    path("jobs/<int:pk>/retry/", views.retry, name="job_retry"),
]
