"""The Chalice application: registers the rooms' blueprints and the HTTP middleware, nothing else."""

from chalice import Chalice

from chalicelib.partners.tasks import bp as partners_tasks
from chalicelib.web import middleware
from chalicelib.web.health import bp as health
from chalicelib.web.home import bp as home
from chalicelib.web.legal import bp as legal
from chalicelib.web.static import bp as static
from chalicelib.web.style import bp as style

# Chalice would set the level and add a handler to the logger of that name, which is ours.
app = Chalice(app_name="cordee", configure_logs=False)
app.register_blueprint(static)
app.register_blueprint(home)
app.register_blueprint(legal)
app.register_blueprint(style)
app.register_blueprint(health)
app.register_blueprint(partners_tasks)
middleware.register(app)
