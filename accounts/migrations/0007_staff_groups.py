from django.db import migrations


def keep_what_platform_meant(apps, schema_editor):
    """Who was in "Platform" stays the platform's own staff, with the same permissions, through the group "Support"."""
    Group = apps.get_model('auth', 'Group')
    platform = Group.objects.filter(name='Platform').first()
    if platform is None:
        return
    support, _ = Group.objects.get_or_create(name='Support')
    for user in apps.get_model('accounts', 'User').objects.filter(groups=platform):
        user.groups.add(support)
        user.user_permissions.add(*platform.permissions.all())
    platform.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_second_factors'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.RunPython(keep_what_platform_meant, migrations.RunPython.noop),
    ]
