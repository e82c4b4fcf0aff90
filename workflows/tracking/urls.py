"""Pages of this room."""

from django.urls import path

from .views import (
    analysis,
    assessment,
    board,
    changes,
    closing,
    schedule,
    statistics,
    supervision,
    workbench,
    years,
)

urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("board/", board.board, name="board"),
    path("board/changes/", changes.changes, name="changes"),
    path("slips/", supervision.slips, name="slips"),
    path("slips/ahead/", supervision.supervision_ahead, name="supervision_ahead"),
    path("slips/listed/", supervision.slips_listed, name="slips_listed"),
    path("slips/listed/circular/", supervision.slips_circular, name="slips_circular"),
    path("slips/<int:pk>/", supervision.slip, name="slip"),
    path("slips/<int:pk>/<slug:do>/", supervision.slip_act, name="slip_act"),
    path("plans/<int:pk>/closing/", closing.closing, name="closing"),
    path("plans/<int:pk>/closing/summary/", closing.closing_summary, name="closing_summary"),
    path("plans/<int:pk>/closing/package/", closing.closing_package, name="closing_package"),
    path("plans/<int:pk>/assessment/", assessment.assessment, name="assessment"),
    path("plans/<int:pk>/assessment/fix/", assessment.assessment_fix, name="assessment_fix"),
    path("plans/<int:pk>/assessment/circular/", assessment.assessment_circular, name="assessment_circular"),
    path("plans/<int:pk>/assessment/adjust/", assessment.adjustment_new, name="adjustment_new"),
    path("plans/<int:pk>/assessment/units/<slug:code>/", assessment.assessment_unit, name="assessment_unit"),
    path(
        "plans/<int:pk>/assessment/units/<slug:code>/sheet.pdf",
        assessment.assessment_sheet,
        name="assessment_sheet",
    ),
    path(
        "plans/<int:pk>/assessment/units/<slug:code>/appeal/<slug:rule>/",
        assessment.assessment_appeal,
        name="assessment_appeal",
    ),
    path(
        "assessment/adjustments/<int:pk>/withdraw/",
        assessment.adjustment_withdraw,
        name="adjustment_withdraw",
    ),
    path("assessment/appeals/<int:pk>/", assessment.appeal_decide, name="appeal_decide"),
    path("schedule/", schedule.schedule, name="schedule"),
    path("schedule/sheet/", schedule.schedule_sheet, name="schedule_sheet"),
    path("schedule/subscribe/", schedule.schedule_subscribe, name="schedule_subscribe"),
    path("schedule/feeds/<str:token>.ics", schedule.schedule_feed, name="schedule_feed"),
    path("analysis/", analysis.analysis, name="analysis"),
    path("analysis/export/", analysis.analysis_export, name="analysis_export"),
    path("analysis/years/", years.years, name="years"),
    path("analysis/years/export/", years.years_export, name="years_export"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/cells/", statistics.statistics_cells, name="statistics_cells"),
    path("statistics/paper/", statistics.statistics_paper, name="statistics_paper"),
    path("statistics/export/", statistics.statistics_export, name="statistics_export"),
]
