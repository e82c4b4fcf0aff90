"""Pages of this room."""

from django.urls import path

from .views import counts, exporting, importing, registers, rows, selections

urlpatterns = [
    path("registers/", registers.registers, name="registers"),
    path("registers/counts/", counts.register_counts, name="register_counts"),
    path("registers/rows/<int:pk>/", rows.register_row, name="register_row"),
    path("registers/rows/<int:pk>/edit/", rows.register_row_edit, name="register_row_edit"),
    path("registers/rows/<int:pk>/withdraw/", rows.register_row_withdraw, name="register_row_withdraw"),
    path("registers/rows/<int:pk>/restore/", rows.register_row_restore, name="register_row_restore"),
    path("registers/rows/<int:pk>/lead/", rows.register_row_lead, name="register_row_lead"),
    path("registers/selections/<int:pk>/", selections.register_selection, name="register_selection"),
    path(
        "registers/selections/<int:pk>/<slug:do>/",
        selections.register_selection_act,
        name="register_selection_act",
    ),
    path("registers/imports/<int:pk>/", importing.register_load, name="register_load"),
    path(
        "registers/imports/<int:pk>/errors.xlsx", importing.register_load_errors, name="register_load_errors"
    ),
    path("registers/<slug:code>/", registers.register, name="register"),
    path("registers/<slug:code>/new/", rows.register_row_new, name="register_row_new"),
    path("registers/<slug:code>/selections/", selections.register_selections, name="register_selections"),
    path("registers/<slug:code>/export.xlsx", exporting.register_export, name="register_export"),
    path("registers/<slug:code>/template.xlsx", importing.register_template, name="register_template"),
    path("registers/<slug:code>/import/", importing.register_import, name="register_import"),
]
