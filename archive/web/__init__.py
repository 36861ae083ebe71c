"""The archive in the browser: pages and a JSON API over the public names of `archive`, one Starlette application.

Nothing is answered here that `archive` does not answer; nothing is said here in words that the command line says otherwise: its words come
in as a `Speech`.
"""

from archive.web.people import ROLES, People, User
from archive.web.processes import Served, serve
from archive.web.site import Settings, application
from archive.web.speech import Speech
from archive.web.worker import Worker

__all__ = ["ROLES", "People", "Served", "Settings", "Speech", "User", "Worker", "application", "serve"]
