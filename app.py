"""The Chalice application as it is packaged: every room, the HTTP middleware, nothing else."""

from chalice import Chalice

from chalicelib import rooms
from chalicelib.runtime import config
from chalicelib.web import middleware

# Chalice would set the level and add a handler to the logger of that name, which is ours.
app = Chalice(app_name="cordee", configure_logs=False)
for each in (rooms.ALWAYS, *(wing.rooms for wing in rooms.WINGS), rooms.TASKS):
    rooms.open_rooms(app, each)
middleware.register(app, form_origins=config.form_origins())
