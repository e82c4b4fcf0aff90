"""Pages of this room."""

from django.urls import path

from .views import board, supervision, workbench

urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("board/", board.board, name="board"),
    path("slips/", supervision.slips, name="slips"),
    path("slips/ahead/", supervision.supervision_ahead, name="supervision_ahead"),
    path("slips/listed/", supervision.slips_listed, name="slips_listed"),
    path("slips/listed/circular/", supervision.slips_circular, name="slips_circular"),
    path("slips/<int:pk>/", supervision.slip, name="slip"),
    path("slips/<int:pk>/<slug:do>/", supervision.slip_act, name="slip_act"),
]
