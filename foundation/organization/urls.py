from django.contrib.auth.views import LogoutView, PasswordChangeDoneView
from django.urls import path

from .views import batch, calendar, ending, imports, people, search, session, units
from .views.administration import administration

urlpatterns = [
    path("sign-in/", session.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(next_page="sign_in"), name="sign_out"),
    path("identity/", session.switch_identity, name="switch_identity"),
    path("preferences/", session.preferences, name="preferences"),
    path("password/", session.PasswordChange.as_view(), name="password_change"),
    path("password/done/", PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("search/", search.search, name="search"),
    path("address-book/", units.address_book, name="address_book"),
    path("administration/", administration, name="administration"),
    path("administration/units/", units.units, name="units"),
    path("administration/units/new/", units.unit_new, name="unit_new"),
    path("administration/units/<int:pk>/", units.unit, name="unit"),
    path("administration/units/<int:pk>/end/", ending.unit_end, name="unit_end"),
    path("administration/people/", people.people, name="people"),
    path("administration/people/batch/", batch.people_batch, name="people_batch"),
    path("administration/people/new/", people.person_new, name="person_new"),
    path("administration/people/<int:pk>/", people.person, name="person"),
    path("administration/people/<int:pk>/appoint/", people.person_appoint, name="appoint"),
    path("administration/people/<int:pk>/reset/", people.person_reset, name="person_reset"),
    path("administration/appointments/<int:pk>/end/", people.appointment_end, name="appointment_end"),
    path("administration/import/<slug:kind>/", imports.import_table, name="import_table"),
    path("administration/import/<slug:kind>/template/", imports.import_template, name="import_template"),
    path("administration/calendar/", calendar.calendar, name="calendar"),
    path("administration/calendar/seed/", calendar.calendar_seed, name="calendar_seed"),
    path("administration/calendar/upload/", calendar.calendar_upload, name="calendar_upload"),
]
