import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_bound_subject"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="roles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("practitioner", "practitioner"),
                        ("contact_worker", "contact_worker"),
                        ("manager", "manager"),
                        ("co_ordinator", "co_ordinator"),
                        ("data_analyst", "data_analyst"),
                        ("approver", "approver"),
                        ("governance_lead", "governance_lead"),
                        ("directory_editor", "directory_editor"),
                        ("organisation_lead", "organisation_lead"),
                    ],
                    max_length=40,
                ),
                size=None,
            ),
        ),
    ]
