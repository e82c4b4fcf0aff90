from django.urls import path

from . import deciding, reading

urlpatterns = [
    path("api/inbox/", reading.inbox, name="api_inbox"),
    path("api/inbox/agree/", deciding.agree, name="api_agree"),
    path("api/approvals/<int:pk>/", reading.approval, name="api_approval"),
    path("api/approvals/<int:pk>/<slug:do>/", deciding.decide, name="api_decide"),
]
