"""Pages of this room."""

from django.urls import path

from .views import board, workbench

urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("board/", board.board, name="board"),
]
