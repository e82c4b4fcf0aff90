"""Joint papers that had their number before places were kept: each of their organs is asked for its seal."""

from django.db import migrations


def open_places(apps, schema_editor):
    Draft = apps.get_model("documents", "Draft")
    SealPlace = apps.get_model("documents", "SealPlace")
    Unit = apps.get_model("organization", "Unit")
    there = SealPlace.objects.values("draft")
    for draft in Draft.objects.filter(joint=True, state="registered").exclude(pk__in=there).order_by("pk"):
        joint = Unit.objects.filter(code__in=draft.cosigners).order_by("order", "pk").values_list("pk", flat=True)
        organs = dict.fromkeys([draft.organ_id, *joint])
        SealPlace.objects.bulk_create(SealPlace(draft=draft, organ_id=organ) for organ in organs)


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0016_seal_places'),
    ]

    operations = [
        migrations.RunPython(open_places, migrations.RunPython.noop),
    ]
