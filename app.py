"""The Chalice application: registers the rooms' blueprints and the HTTP middleware, nothing else."""

from chalice import Chalice

from chalicelib.access import routes as access_routes
from chalicelib.decisions import routes as decisions_routes
from chalicelib.decisions import tasks as decisions_tasks
from chalicelib.desk import routes as desk_routes
from chalicelib.mail import tasks as mail_tasks
from chalicelib.office import routes as office_routes
from chalicelib.partners import tasks as partners_tasks
from chalicelib.partners.routes import already_sent, api, consents, files, form, links, sending, space
from chalicelib.runtime import config
from chalicelib.uploads import tasks as uploads_tasks
from chalicelib.web import api_document, health, home, legal, middleware, static, style

# Chalice would set the level and add a handler to the logger of that name, which is ours.
app = Chalice(app_name="cordee", configure_logs=False)
for room in (
    health, home, legal, static, style, api_document,
    access_routes, office_routes, decisions_routes, decisions_tasks, mail_tasks, uploads_tasks,
    already_sent, api, consents, files, form, links, sending, space, partners_tasks, desk_routes,
):  # fmt: skip
    app.register_blueprint(room.bp)
middleware.register(app, form_origins=config.form_origins())
