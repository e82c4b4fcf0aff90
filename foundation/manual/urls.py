from django.urls import path

from . import views

urlpatterns = [
    path("manual/", views.manual, name="manual"),
    path("manual/<slug:name>/", views.manual, name="manual_page"),
]
