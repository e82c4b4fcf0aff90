from django.db import migrations, models


def keep_the_route(apps, schema_editor):
    """A proxy on one route keeps it."""
    for proxy in apps.get_model("approvals", "Proxy").objects.exclude(route=None):
        proxy.routes.add(proxy.route_id)


class Migration(migrations.Migration):

    dependencies = [
        ("approvals", "0003_signer_groups"),
        ("organization", "0002_shortcuts"),
    ]

    operations = [
        migrations.AddField(
            model_name="proxy",
            name="routes",
            field=models.ManyToManyField(
                blank=True, related_name="proxies", to="approvals.route", verbose_name="审批路线"
            ),
        ),
        migrations.AddField(
            model_name="proxy",
            name="units",
            field=models.ManyToManyField(
                blank=True, related_name="proxies", to="organization.unit", verbose_name="单位"
            ),
        ),
        migrations.RunPython(keep_the_route, migrations.RunPython.noop),
        migrations.RemoveField(model_name="proxy", name="route"),
    ]
