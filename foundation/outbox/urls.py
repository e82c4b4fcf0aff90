from django.urls import path

from . import views

urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/bell/", views.bell, name="bell"),
    path("messages/read/", views.messages_read, name="messages_read"),
    path("messages/<int:pk>/", views.message, name="message"),
]
