"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# After Django is set up, and before the first request.
from accounts.encryption.proof import require_fitting_keys  # noqa: E402

require_fitting_keys()
