"""What placed a hold on its own is a code, which each reader sees in words of their language.

Where somebody withheld a part of the old sentence it stays as it is: what is withheld is found by its words.
"""

from django.db import migrations, models

THE_OLD_SENTENCE_IS_A_CODE = """
select set_config('alongside.reach', '*', true);
alter table rights_legalhold disable trigger kept; -- it says the same: nobody's words are changed
update rights_legalhold set words = '', placed_after = 'harm'
where words = 'Death or serious harm was noted in a case about the person.'
  and not exists (select from rights_withheld w where w.line = 'rights.LegalHold:' || rights_legalhold.id);
alter table rights_legalhold enable trigger kept;
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0007_left_out")]
    operations = [
        migrations.AddField(
            "legalhold",
            "placed_after",
            models.CharField(
                blank=True,
                choices=[("harm", "Death or serious harm was noted in a case about the person.")],
                max_length=20,
            ),
        ),
        migrations.AlterField("legalhold", "words", models.TextField(blank=True, max_length=2000)),
        migrations.RunSQL(THE_OLD_SENTENCE_IS_A_CODE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("words", ""), _negated=True), ("placed_after", "")),
                    models.Q(("words", ""), models.Q(("placed_after", ""), _negated=True)),
                    _connector="OR",
                ),
                name="hold_says_what_it_is_for",
            ),
        ),
    ]
