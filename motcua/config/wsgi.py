"""The WSGI entry point that gunicorn serves."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application = get_wsgi_application()
# The program itself is never garbage. Left among what is searched, its 200,000 objects made every full search for cyclic garbage
# hold a page up by a quarter of a second, every few pages; put aside, a search passes over what requests have left only.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
