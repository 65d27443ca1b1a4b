"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# After Django is set up, and before the first request.
from django.urls import get_resolver  # noqa: E402

from accounts.encryption.proof import require_fitting_keys  # noqa: E402

require_fitting_keys()

# Whoever comes first does not wait for every view to be loaded; and what stays for good is not searched for garbage
# again and again, which took an eighth of the time of a request.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
