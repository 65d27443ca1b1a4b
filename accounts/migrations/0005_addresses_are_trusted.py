"""People who were there before addresses had to be verified were made by staff: their addresses count as verified."""

from django.db import migrations

TRUST = """
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT id, email, true, true FROM accounts_user
WHERE NOT EXISTS (SELECT 1 FROM account_emailaddress WHERE user_id = accounts_user.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_outgoing_event"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunSQL(TRUST, migrations.RunSQL.noop)]
