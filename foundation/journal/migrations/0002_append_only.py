"""Triggers: an entry is never changed nor deleted. They are made after every migration (guard.py)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = []
