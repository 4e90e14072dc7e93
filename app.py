"""The Chalice application: registers the rooms' blueprints and the HTTP middleware, nothing else."""

from chalice import Chalice

from chalicelib.partners.tasks import bp as partners_tasks
from chalicelib.web import middleware
from chalicelib.web.health import bp as health

app = Chalice(app_name="cordee")
app.register_blueprint(health)
app.register_blueprint(partners_tasks)
middleware.register(app)
