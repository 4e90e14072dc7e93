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
from chalicelib.space import routes as space_routes
from chalicelib.subsidies.routes import batches as subsidies_batches
from chalicelib.subsidies.routes import directory as subsidies_directory
from chalicelib.subsidies.routes import envelope as subsidies_envelope
from chalicelib.subsidies.routes import files as subsidies_files
from chalicelib.subsidies.routes import form as subsidies_form
from chalicelib.subsidies.routes import home as subsidies_home
from chalicelib.subsidies.routes import links as subsidies_links
from chalicelib.subsidies.routes import obligations as subsidies_obligations
from chalicelib.subsidies.routes import own as subsidies_own
from chalicelib.subsidies.routes import proofs as subsidies_proofs
from chalicelib.subsidies.routes import sending as subsidies_sending
from chalicelib.subsidies.routes import small_aid as subsidies_small_aid
from chalicelib.subsidies.routes import visit as subsidies_visit
from chalicelib.subsidies.tasks import award as subsidies_award
from chalicelib.subsidies.tasks import payment as subsidies_payment
from chalicelib.subsidies.tasks import rounds as subsidies_rounds
from chalicelib.uploads import tasks as uploads_tasks
from chalicelib.web import api_document, health, home, legal, middleware, static, style

# Chalice would set the level and add a handler to the logger of that name, which is ours.
app = Chalice(app_name="cordee", configure_logs=False)
for room in (
    health, home, legal, static, style, api_document,
    access_routes, office_routes, decisions_routes, decisions_tasks, mail_tasks, uploads_tasks,
    already_sent, api, consents, files, form, links, sending, space, partners_tasks,
    subsidies_home, subsidies_form, subsidies_sending, subsidies_own, subsidies_visit, subsidies_proofs,
    subsidies_links, subsidies_files, subsidies_batches, subsidies_award, subsidies_payment, subsidies_rounds,
    subsidies_directory, subsidies_envelope, subsidies_small_aid, subsidies_obligations,
    space_routes, desk_routes,
):  # fmt: skip
    app.register_blueprint(room.bp)
middleware.register(app, form_origins=config.form_origins())
