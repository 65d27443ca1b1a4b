"""What gunicorn serves to the browser tests: the platform, behind a gate."""

from config.wsgi import application as platform
from tests.browser.gate import gated

application = gated(platform)
