"""The pages of trainings in their states, for the tests that look at every page."""

from urllib.parse import urlsplit

from tests.e2e import seeding, training_stage
from tests.e2e.attendee import invoke
from tests.e2e.journeys import Post, session_of
from tests.e2e.ways import Shown, World, at, pressing, sending
from tests.harness.mailbox import link_of
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.people import named

OFFER = "/formations/place/"


def set_stage(world: World, post: Post, racers: Racers) -> None:
    """Sessions and registrations in every state, and a partner who is logged in."""
    partner = _partner(racers, "Gîte des stages")
    (places,) = racers.each([Work(training_stage.staged, (partner,))])
    assert not world.addresses.keys() & places.keys()
    world.addresses |= places
    world.states["trainee"] = _logged_in(world, racers, partner)
    for name in ("offered", "lapsing"):
        mail = post.wait(places[f"{name} to"], "À prendre avant le")
        world.addresses[f"{name} offer"] = link_of(mail, OFFER)
    racers.each([Work(training_stage.lapse, (places["lapsing id"],))])
    invoke(world.cloud, "print_certificates")
    (world.addresses["code"],) = racers.each([Work(training_stage.certified, (places["attended id"],))])
    (world.addresses["old code"],) = racers.each([Work(training_stage.withdrawn, (places["corrected id"],))])


def _partner(racers: Racers, name: str) -> str:
    """An active partner; the address."""
    (made,) = racers.each([Work(seeding.partner, (named(name),))])
    return str(made["email"])


def _logged_in(world: World, racers: Racers, email: str) -> dict[str, object]:
    host = str(urlsplit(world.cloud.url).hostname)
    given = session_of(racers, email, "partner").items()
    return {
        "cookies": [
            {"name": name, "value": value, "domain": host, "path": "/", "secure": True}
            for name, value in given
        ]
    }


ON_DESK = "/bureau/formations"
SAVE, GO_ON, CONFIRM = "Enregistrer les changements", "Enregistrer et continuer", "Confirmer l’inscription"
PAGES_OF_TRAININGS: Shown = {
    "trainings": (at("/formations"), 200, "nobody"),
    "no such training": (at("/formations?lieu=Nulle+part"), 200, "nobody"),
    "training": (at("/formations/{open}"), 200, "nobody"),
    "training action": (at("/formations/{action}"), 200, "nobody"),
    "training, full": (at("/formations/{full}"), 200, "nobody"),
    "training, full without a list": (at("/formations/{no list}"), 200, "nobody"),
    "training, called off": (at("/formations/{called off}"), 200, "nobody"),
    "training, begun": (at("/formations/{door}"), 200, "nobody"),
    "training, past": (at("/formations/{closed}"), 200, "nobody"),
    "unknown training": (at("/formations/SES-0000"), 404, "nobody"),
    "way in": (at("/formations/{open}/inscription"), 200, "nobody"),
    "way in, for partners": (at("/formations/{partners}/inscription"), 200, "nobody"),
    "way in, link sent": (
        pressing("/formations/{open}/inscription", "Recevoir le lien", email="x@example.org"), 200, "nobody",
    ),
    "way in, no address": (pressing("/formations/{open}/inscription", "Recevoir le lien"), 422, "nobody"),
    "guest form": (at("{guest}"), 200, "nobody"),
    "guest form, mistakes": (pressing("{guest}", CONFIRM), 422, "nobody"),
    "training form": (at("/formations/{other}/inscription"), 200, "trainee"),
    "training form, mistakes": (pressing("/formations/{other}/inscription", CONFIRM), 422, "trainee"),
    "registered": (at("/formations/{open}/inscription?fait=1"), 200, "trainee"),
    "not registered": (
        pressing("/formations/{no list}/inscription", CONFIRM, accepts_terms="true"), 409, "trainee",
    ),
    "too late to register": (at("/formations/{door}/inscription"), 200, "trainee"),
    "registrations closed": (at("/formations/{called off}/inscription"), 422, "trainee"),
    "registration, confirmed": (at("{confirmed}"), 200, "nobody"),
    "registration, waiting": (at("{queued}"), 200, "nobody"),
    "registration, offered": (at("{offered registration}"), 200, "nobody"),
    "registration, ended": (at("{ended}"), 200, "nobody"),
    "registration, attended": (at("{attended}"), 200, "nobody"),
    "registration, not sure": (sending("{confirmed}/annulation", "x"), 422, "nobody"),
    "registration, no colleague": (sending("{confirmed}/remplacement", "x"), 422, "nobody"),
    "registration, old link": (at("{old link}"), 410, "nobody"),
    "own registration": (at("/espace/formations/{own training}"), 200, "trainee"),
    "offer of a seat": (at("{offered offer}"), 200, "nobody"),
    "offer of a seat, no choice": (pressing("{offered offer}", "Enregistrer ma réponse"), 422, "nobody"),
    "offer of a seat, lapsed": (at("{lapsing offer}"), 200, "nobody"),
    "offer of a seat, old link": (at("{offered old offer}"), 410, "nobody"),
    "trainer": (at("{trainer}"), 200, "nobody"),
    "trainer, too early": (at("{trainer early}"), 200, "nobody"),
    "code": (at("{presence}"), 200, "nobody"),
    "code, for staff": (at("{presence}"), 200, "officer"),
    "unknown code": (at("/formations/presence/abc.def"), 404, "nobody"),
    "questionnaire": (at("{feedback}"), 200, "nobody"),
    "questionnaire, later": (at("{feedback later}"), 200, "nobody"),
    "questionnaire, mistakes": (pressing("{feedback}", "Envoyer mon avis"), 422, "nobody"),
    "questionnaire, thanks": (at("{feedback}?merci=1"), 200, "nobody"),
    "certificate asked": (at("/verification"), 200, "nobody"),
    "certificate found": (at("/verification/{code}"), 200, "nobody"),
    "certificate withdrawn": (at("/verification/{old code}"), 410, "nobody"),
    "certificate not found": (at("/verification?code=2222-3333-4444"), 404, "nobody"),
    "desk trainings": (at(ON_DESK), 200, "officer"),
    "desk trainings, drafts": (at(ON_DESK + "?etat=brouillons"), 200, "officer"),
    "desk trainings, past": (at(ON_DESK + "?etat=passees"), 200, "officer"),
    "desk trainings, not mine": (at(ON_DESK), 403, "observer"),
    "desk training, draft": (at(ON_DESK + "/{draft}"), 200, "officer"),
    "desk training, full": (at(ON_DESK + "/{full}"), 200, "officer"),
    "desk training, at the door": (at(ON_DESK + "/{door}"), 200, "officer"),
    "desk training, closed": (at(ON_DESK + "/{closed}"), 200, "officer"),
    "desk training, called off": (at(ON_DESK + "/{called off}"), 200, "officer"),
    "desk training, no rank": (sending(ON_DESK + "/{full}/rang", "x"), 422, "officer"),
    "desk training page": (at(ON_DESK + "/{draft}/pages/essentiel"), 200, "officer"),
    "desk training page, rows": (at(ON_DESK + "/{whole draft}/pages/dates"), 200, "officer"),
    "desk training page, action": (at(ON_DESK + "/{action}/pages/contenu"), 200, "officer"),
    "desk training page, mistakes": (pressing(ON_DESK + "/{draft}/pages/dates", GO_ON), 422, "officer"),
    "desk training page, published": (at(ON_DESK + "/{full}/pages/dates"), 200, "officer"),
    "desk training page, seats taken": (
        pressing(ON_DESK + "/{several}/pages/places", SAVE, seats="1"), 422, "officer",
    ),
    "desk training check": (at(ON_DESK + "/{whole draft}/verification"), 200, "officer"),
    "desk training check, mistakes": (at(ON_DESK + "/{draft}/verification"), 200, "officer"),
    "desk registration": (at(ON_DESK + "/{full}/inscriptions/{seated}"), 200, "officer"),
    "desk registration, waiting": (at(ON_DESK + "/{full}/inscriptions/{queued one}"), 200, "officer"),
    "desk registration, offered": (
        at(ON_DESK + "/{offered session}/inscriptions/{offered one}"), 200, "officer",
    ),
    "desk registration, no reason": (
        pressing(ON_DESK + "/{full}/inscriptions/{queued one}", "Annuler l’inscription"), 422, "officer",
    ),
    "desk registration, attended": (at(ON_DESK + "/{closed}/inscriptions/{attended one}"), 200, "officer"),
    "desk registration, corrected": (at(ON_DESK + "/{corrected}/inscriptions/{corrected one}"), 200, "officer"),
    "desk registration, correction mistakes": (
        sending(ON_DESK + "/{closed}/inscriptions/{attended one}/presence", "x"), 422, "officer",
    ),
    "desk phone": (at(ON_DESK + "/{open}/inscription"), 200, "officer"),
    "desk phone, mistakes": (
        pressing(ON_DESK + "/{open}/inscription", "Inscrire cette personne"), 422, "officer",
    ),
    "desk people": (at(ON_DESK + "/{full}/personnes?liste=attente"), 200, "officer"),
    "desk training history": (at(ON_DESK + "/{full}/historique"), 200, "officer"),
    "desk attendance": (at(ON_DESK + "/{door}/presences"), 200, "officer"),
    "desk attendance, closed": (at(ON_DESK + "/{closed}/presences"), 200, "officer"),
    "desk walk-in": (at(ON_DESK + "/{door}/presences/ajout"), 200, "officer"),
    "desk walk-in, mistakes": (
        pressing(ON_DESK + "/{door}/presences/ajout", "Ajouter cette personne"), 422, "officer",
    ),
    "desk walk-in, no seat": (
        pressing(
            ON_DESK + "/{no seat}/presences/ajout", "Ajouter cette personne", first_name="Camille", last_name="Durand",
            email="camille.durand@example.org", structure="Gîte des Noyers",
        ),
        409, "officer",
    ),
    "desk walk-in, closed": (at(ON_DESK + "/{closed}/presences/ajout"), 200, "officer"),
    "desk cancelling": (at(ON_DESK + "/{full}/annulation"), 200, "officer"),
    "desk cancelling, no reason": (
        pressing(ON_DESK + "/{full}/annulation", "Annuler la session"), 422, "officer",
    ),
    "desk results": (at(ON_DESK + "/{closed}/resultats"), 200, "officer"),
    "desk results, none": (at(ON_DESK + "/{door}/resultats"), 200, "officer"),
}  # fmt: skip
