"""Triggers: an entry is never changed nor deleted."""

from django.db import migrations

from foundation.journal import guard


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(lambda apps, editor: guard.install(), lambda apps, editor: guard.remove())]
