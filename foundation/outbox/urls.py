from django.urls import path

from . import views

urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/bell/", views.bell, name="bell"),
    path("messages/read/", views.messages_read, name="messages_read"),
    path("messages/settings/", views.message_settings, name="message_settings"),
    path("administration/undelivered/", views.undelivered, name="undelivered"),
    path("administration/undelivered/again/", views.send_again, name="send_again"),
    path("messages/<int:pk>/", views.message, name="message"),
]
