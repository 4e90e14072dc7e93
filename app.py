"""The Chalice application: registers the rooms' blueprints and the HTTP middleware, nothing else."""

from chalice import Chalice

from chalicelib.decisions import tasks as decisions_tasks
from chalicelib.mail import tasks as mail_tasks
from chalicelib.partners import tasks as partners_tasks
from chalicelib.web import health, middleware

app = Chalice(app_name="cordee")
for room in (health, decisions_tasks, mail_tasks, partners_tasks):
    app.register_blueprint(room.bp)
middleware.register(app)
