"""Everything that happens in trainings, each as a unit to be killed anywhere."""

from tests.faults import house
from tests.faults import trainings as step
from tests.faults.house import later, log_in, tick, two_mornings
from tests.faults.onboarding import APPLICANT
from tests.faults.trainings import ADA, ALI, GUEST, LOU, MANAGE, NOE, OFFER, OTHER_GUEST, by_link, clock_at
from tests.faults.units import ACTIVE
from tests.harness.sweep import Left, Unit

OFFICER, PARTNER = log_in(house.OFFICER), log_in(APPLICANT)
DRAFT = (OFFICER, step.write())
PUBLISH = step.at_the_desk("verification")
OPEN = (*DRAFT, PUBLISH)
WITH_TWO = (OFFICER, step.write(seats=2), PUBLISH)
"""A session with two seats."""
EXTERNAL = (OFFICER, step.write(**step.EXTERNAL))
TO_APPROVE = (*EXTERNAL, PUBLISH)
APPROVED = (*TO_APPROVE, house.decide("accept", email=house.DIRECTOR), step.comes_as_guest(), OFFICER)
PROPOSED = (*APPROVED, step.save_page("essentiel", **step.EXTERNAL, **step.OTHER_TRAINER))
SELECTIVE = (OFFICER, step.write(selects="yes"), PUBLISH)
AT_HOME = (*ACTIVE, PARTNER, *OPEN)
TAKEN = (*OPEN, step.comes_as_guest())
"""The only seat is taken by a guest."""
WAITING = (*TAKEN, step.comes_as_guest(ALI, OTHER_GUEST))
GIVE_BACK = by_link(GUEST, MANAGE, "/annulation", **step.CANCEL)
OFFERED = (*WAITING, GIVE_BACK)
IN_NEED = (*OPEN, step.ask_for_link(), step.register_as_guest(need="Fauteuil roulant"))
CHOOSING = (*SELECTIVE, step.comes_as_guest())
OWN = (*AT_HOME, step.register(ADA))
OWN_OFFERED = (*ACTIVE, PARTNER, *TAKEN, step.register(ADA), GIVE_BACK)
A_MONTH, A_WEEK, A_DAY = (f"2027-{day}T07:00:00+00:00" for day in ("04-20", "04-28", "05-03"))
NEAR = clock_at(A_WEEK)
BELOW = (OFFICER, step.write(seats=3, minimum=2), PUBLISH, step.comes_as_guest(), NEAR)
KEEP_DATES = two_mornings("keep_training_dates")
AT_RISK = (*BELOW, tick("keep_training_dates"))
DAY = clock_at("2027-05-04T07:10:00+00:00")
AT_THE_DOOR = (*TAKEN, clock_at(A_DAY), tick("keep_training_dates"), DAY, OFFICER)
BEGUN = clock_at("2027-05-04T08:00:00+00:00")
OVER = clock_at("2027-05-04T11:00:00+00:00")
MARKED = (*AT_THE_DOOR, step.mark(LOU))
DAY_AFTER = clock_at("2027-05-05T11:00:00+00:00")
CLOSE = tick("close_training_attendance")
CLOSED = (*MARKED, DAY_AFTER, CLOSE)
CERTIFIED = (*CLOSED, tick("print_certificates"))
FREE = (
    OFFICER, step.write(price_cents=0, kind="workshop", seats=2), PUBLISH, step.comes_as_guest(),
    step.comes_as_guest(ALI, OTHER_GUEST), DAY, OFFICER, step.mark(LOU), step.mark(ALI, "absent"), DAY_AFTER,
)  # fmt: skip
"""A free session is over; one came, one did not."""
FREE_CLOSED = (*FREE, CLOSE)
TAKE = by_link(OTHER_GUEST, OFFER, reponse="accept")
CALL_OFF = step.at_the_desk("annulation", motif="Intervenant malade.")
MORE_SEATS = step.save_page("places", seats=2)
DESK, SESSION = "POST /bureau/formations", "POST /bureau/formations/{reference}"
PERSON = f"{SESSION}/inscriptions/{{registration}}"


def _one_of_two(left: Left) -> bool:
    """Each of a form is taken on their own: the other one is not registered, and the page that asks again says so."""
    return sum("registration#" in line for line in left["registrations"]) == 1


def _closed_by_the_round(left: Left) -> bool:
    """Everybody is noted and the session is not closed yet: the button is still there, and the round does it in its time."""
    return any("registration#attended" in line for line in left["registrations"])


WRITING: dict[str, Unit] = {
    "beginning a session": Unit(step.begin, (OFFICER,), (DESK,)),
    "saving a page of a session": Unit(step.save_page("contenu"), (OFFICER, step.begin), (f"{SESSION}/pages/{{key}}",)),
    "copying a session": Unit(step.at_the_desk("copie", cle=step.COPY_KEY), DRAFT, (f"{SESSION}/copie",)),
    "publishing a session": Unit(PUBLISH, DRAFT, (f"{SESSION}/verification",)),
    "asking to publish with an external trainer": Unit(
        PUBLISH, EXTERNAL, (f"{SESSION}/verification", "look_up_session", "request_publication_approval")
    ),
    "approving a session": Unit(house.decide("accept", email=house.DIRECTOR), TO_APPROVE, ("record_session_event",)),
    "sending a session back": Unit(house.decide("send_back", "Quel diplôme ?", house.DIRECTOR), TO_APPROVE),
    "proposing another trainer": Unit(step.save_page("essentiel", **step.EXTERNAL, **step.OTHER_TRAINER), APPROVED),
    "agreeing to another trainer": Unit(house.decide("accept", email=house.DIRECTOR), PROPOSED),
    "refusing another trainer": Unit(house.decide("send_back", "Trop loin.", house.DIRECTOR), PROPOSED),
    "moving a session": Unit(
        step.save_page("dates", half_days=step.OTHER_DAY), IN_NEED, (f"{SESSION}/pages/{{key}}", "tell_registered_people")
    ),
    "changing what nobody has to be told": Unit(step.save_page("contenu", programme="Autre."), TAKEN),
    "adding a seat": Unit(MORE_SEATS, WAITING, ("request_offer_answer",)),
    "taking a seat away": Unit(step.save_page("places", seats=1), (*WITH_TWO, step.comes_as_guest())),
    "calling a session off": Unit(
        CALL_OFF, WAITING,
        (f"{SESSION}/annulation", "tell_registered_people"),
    ),
    "calling a session off before it is approved": Unit(
        step.at_the_desk("annulation", motif="Plus de budget."), TO_APPROVE
    ),
    "calling a session off while a seat is offered": Unit(
        CALL_OFF, OFFERED
    ),
}  # fmt: skip
REGISTERING: dict[str, Unit] = {
    "registering as a partner": Unit(
        step.register(ADA, need="Fauteuil roulant"), AT_HOME, ("POST /formations/{reference}/inscription",)
    ),
    "registering two for one seat": Unit(step.register(ADA, NOE), AT_HOME, may_leave=_one_of_two),
    "asking for the form as a guest": Unit(step.ask_for_link(), OPEN, ("POST /formations/{reference}/invitation",)),
    "registering as a guest": Unit(
        step.register_as_guest(need="Fauteuil roulant"), (*OPEN, step.ask_for_link()),
        ("POST /formations/invitation/{token}",),
    ),
    "registering when all seats are gone": Unit(
        step.register_as_guest(ALI, OTHER_GUEST), (*TAKEN, step.ask_for_link(OTHER_GUEST))
    ),
    "asking to be chosen": Unit(
        step.register_as_guest(), (*SELECTIVE, step.ask_for_link()),
        ("look_up_registration", "request_registration_approval"),
    ),
    "a fresh link to the form of a guest": Unit(
        house.fresh_link(GUEST, step.GUEST_PAGE), (*OPEN, step.ask_for_link(), later(minutes=5)),
        ("POST /formations/invitation/{token}/lien",),
    ),
    "registering somebody on the phone": Unit(
        step.at_the_desk(
            "inscription", cle=step.PHONE_KEY, first_name="Lou", last_name="Martin", email=GUEST, structure="Jardin de Lou"
        ),
        OPEN, (f"{SESSION}/inscription",),
    ),
    "choosing who asked": Unit(house.decide("accept", email=house.DIRECTOR), CHOOSING, ("record_registration_event",)),
    "choosing one more than there are seats": Unit(
        house.decide("accept", email=house.DIRECTOR),
        (*CHOOSING, house.decide("accept", email=house.DIRECTOR), step.comes_as_guest(ALI, OTHER_GUEST)),
    ),
    "turning down who asked": Unit(house.decide("refuse", "Déjà venue.", house.DIRECTOR), CHOOSING),
}  # fmt: skip
MANAGING: dict[str, Unit] = {
    "cancelling by the link": Unit(GIVE_BACK, TAKEN, ("POST /formations/gestion/{token}/annulation",)),
    "cancelling for somebody else to come": Unit(GIVE_BACK, WAITING, ("look_up_registration", "request_offer_answer")),
    "cancelling late": Unit(GIVE_BACK, (*TAKEN, clock_at(A_WEEK))),
    "cancelling before being chosen": Unit(GIVE_BACK, CHOOSING),
    "leaving the queue": Unit(by_link(OTHER_GUEST, MANAGE, "/annulation", **step.CANCEL), WAITING),
    "cancelling instead of taking the seat": Unit(by_link(OTHER_GUEST, MANAGE, "/annulation", **step.CANCEL), OFFERED),
    "correcting by the link": Unit(
        by_link(GUEST, MANAGE, "/coordonnees", **step.CORRECT), TAKEN, ("POST /formations/gestion/{token}/coordonnees",)
    ),
    "sending a colleague by the link": Unit(
        by_link(GUEST, MANAGE, "/remplacement", **step.REPLACE), TAKEN, ("POST /formations/gestion/{token}/remplacement",)
    ),
    "a fresh link to a registration": Unit(
        house.fresh_link(GUEST, MANAGE), (*TAKEN, later(minutes=5)), ("POST /formations/gestion/{token}/lien",)
    ),
    "cancelling in the space": Unit(
        step.own(ADA, "annulation", **step.CANCEL), OWN, ("POST /espace/formations/{reference}/annulation",)
    ),
    "correcting in the space": Unit(
        step.own(ADA, "coordonnees", **step.CORRECT), OWN, ("POST /espace/formations/{reference}/coordonnees",)
    ),
    "sending a colleague in the space": Unit(
        step.own(ADA, "remplacement", **step.REPLACE), OWN, ("POST /espace/formations/{reference}/remplacement",)
    ),
    "cancelling for somebody at the desk": Unit(
        step.at_the_desk(f"inscriptions/{{{LOU}}}/annulation", motif="Au téléphone."), WAITING, (f"{PERSON}/annulation",)
    ),
    "correcting an address at the desk": Unit(
        step.at_the_desk(f"inscriptions/{{{LOU}}}/coordonnees", email="lou.martin@jardin.example.org", phone="06 39 98 12 34"),
        TAKEN, (f"{PERSON}/coordonnees",),
    ),
    "moving who waits": Unit(
        step.move(NOE, 1),
        (*ACTIVE, PARTNER, *WAITING, step.register(NOE), OFFICER), (f"{SESSION}/rang",),
    ),
}  # fmt: skip
OFFERS: dict[str, Unit] = {
    "taking the seat by the link": Unit(
        TAKE, OFFERED, ("POST /formations/place/{token}", "record_registration_event")
    ),
    "leaving the seat by the link": Unit(by_link(OTHER_GUEST, OFFER, reponse="decline"), OFFERED),
    "leaving the seat to the next": Unit(
        by_link(OTHER_GUEST, OFFER, reponse="decline"),
        (*WAITING, step.comes_as_guest("Zoé Petit", "zoe@lac.example.org"), GIVE_BACK),
    ),
    "taking the seat in the space": Unit(
        step.own(ADA, "place", reponse="accept"), OWN_OFFERED, ("POST /espace/formations/{reference}/place",)
    ),
    "a fresh link to an offer": Unit(
        house.fresh_link(OTHER_GUEST, OFFER), OFFERED, ("POST /formations/place/{token}/lien",)
    ),
    "a link to an offer from the desk": Unit(
        step.at_the_desk(f"inscriptions/{{{ALI}}}/lien"), (*OFFERED, OFFICER), (f"{PERSON}/lien",)
    ),
    "a seat that nobody takes": Unit(tick("sweep_decisions"), (*OFFERED, later(hours=49))),
}  # fmt: skip
DATES: dict[str, Unit] = {
    "convening people": Unit(KEEP_DATES, (*TAKEN, clock_at(A_MONTH)), ("keep_training_dates",)),
    "reminding people and the trainer": Unit(KEEP_DATES, (*TAKEN, NEAR)),
    "asking whether a session is kept": Unit(
        KEEP_DATES, BELOW, ("keep_training_dates", "look_up_session", "request_minimum_choice")
    ),
    "keeping a session": Unit(house.decide("keep", email=house.DIRECTOR), AT_RISK, ("record_session_event",)),
    "calling off for want of people": Unit(
        house.decide("call_off", "Trop peu d’inscrits.", house.DIRECTOR), AT_RISK, ("record_session_event", "tell_registered_people")
    ),
    "a session that nobody decides about": Unit(tick("sweep_decisions"), (*AT_RISK, later(days=3, hours=1))),
    "reminding who is to approve a session": Unit(
        two_mornings("send_decision_reminders"), (*TO_APPROVE, later(days=6)), ("send_decision_reminders",)
    ),
    "a session that nobody approves": Unit(tick("sweep_decisions"), (*TO_APPROVE, BEGUN)),
    "a choice that nobody makes": Unit(tick("sweep_decisions"), (*CHOOSING, BEGUN)),
}  # fmt: skip
DOOR: dict[str, Unit] = {
    "marking as the trainer": Unit(step.trainer_marks(LOU), AT_THE_DOOR, ("POST /formations/emargement/{token}",)),
    "a fresh link to the list at the door": Unit(
        house.fresh_link(step.TRAINER, step.TRAINER_PAGE), (*AT_THE_DOOR, later(minutes=5)),
        ("POST /formations/emargement/{token}/lien",),
    ),
    "scanning a code": Unit(
        step.trainer_scans(LOU), (*AT_THE_DOOR, step.trainer_opens_list), ("POST /formations/presence/{code}",)
    ),
    "the trainer's link from the desk": Unit(
        step.at_the_desk("presences/intervenant"), AT_THE_DOOR, (f"{SESSION}/presences/intervenant",)
    ),
    "marking at the desk": Unit(step.mark(LOU, "absent"), AT_THE_DOOR, (f"{SESSION}/presences",)),
    "adding somebody who came": Unit(
        step.at_the_desk("presences/ajout", **step.WALK_IN), (*AT_THE_DOOR, BEGUN, OFFICER, MORE_SEATS, OFFICER),
        (f"{SESSION}/presences/ajout",),
    ),
    "adding somebody who waits and came": Unit(
        step.at_the_desk("presences/ajout", **{**step.WALK_IN, "first_name": "Ali", "last_name": "Bensaïd", "email": OTHER_GUEST}),
        (*WAITING, BEGUN, OFFICER, MORE_SEATS),
    ),
    "adding somebody who comes for more than a day": Unit(
        step.at_the_desk("presences/ajout", **step.WALK_IN),
        (OFFICER, step.write(half_days=step.TWO_DAYS, seats=2), PUBLISH, BEGUN, OFFICER),
    ),
    "marking otherwise": Unit(step.mark(LOU, "excused"), MARKED),
    "closing the attendance by hand": Unit(
        step.at_the_desk("presences/cloture"), (*MARKED, OVER, OFFICER), (f"{SESSION}/presences/cloture",),
        may_leave=_closed_by_the_round,
    ),
    "closing the attendance": Unit(CLOSE, (*MARKED, DAY_AFTER), ("close_training_attendance",)),
    "closing a free session that somebody missed": Unit(
        CLOSE, FREE
    ),
    "closing while somebody waits": Unit(CLOSE, (*WAITING, DAY, OFFICER, step.mark(LOU), DAY_AFTER)),
}  # fmt: skip
AFTERWARDS: dict[str, Unit] = {
    "printing certificates": Unit(tick("print_certificates"), CLOSED, ("print_certificates",)),
    "correcting the address that a certificate went to": Unit(
        step.at_the_desk(f"inscriptions/{{{LOU}}}/coordonnees", email="lou.martin@jardin.example.org", phone=""),
        (*CERTIFIED, OFFICER),
    ),
    "correcting a mark after closing": Unit(
        step.correct_mark(LOU, "excused"), (*CERTIFIED, OFFICER), (f"{PERSON}/presence",)
    ),
    "correcting that somebody was there": Unit(
        step.correct_mark(ALI, "present"), (*FREE_CLOSED, OFFICER)
    ),
    "correcting that somebody was not there": Unit(
        step.correct_mark(LOU, "absent"), (*FREE_CLOSED, OFFICER)
    ),
    "printing a certificate in place of another": Unit(
        tick("print_certificates"),
        (
            OFFICER, step.write(half_days=step.TWO_DAYS), PUBLISH, step.comes_as_guest(), DAY, OFFICER, step.mark(LOU),
            clock_at("2027-05-06T08:00:00+00:00"), OFFICER, step.mark(LOU, half_day="2027-05-06T09:00"),
            clock_at("2027-05-07T11:00:00+00:00"), CLOSE, tick("print_certificates"), OFFICER, step.correct_mark(LOU, "excused"),
        ),
    ),
    "asking for opinions some months later": Unit(CLOSE, (*CERTIFIED, clock_at("2027-08-04T12:00:00+00:00"))),
    "giving an opinion": Unit(
        by_link(GUEST, step.OPINION, **step.OPINIONS), CLOSED, ("POST /formations/avis/{token}",)
    ),
    "asking for the form of an opinion again": Unit(
        by_link(GUEST, step.OPINION, "/lien"), CLOSED, ("POST /formations/avis/{token}/lien",)
    ),
    "forgetting what people need": Unit(
        two_mornings("purge_trainings"),
        (
            *OPEN, step.ask_for_link(), step.register_as_guest(need="Fauteuil roulant"), DAY, OFFICER, step.mark(LOU),
            clock_at("2027-05-07T11:00:00+00:00"),
        ),
        ("purge_trainings",),
    ),
    "erasing an old session": Unit(
        two_mornings("purge_trainings"), (*CERTIFIED, clock_at("2033-01-05T04:40:00+00:00")), ("purge_trainings",)
    ),
    "erasing an old session that nobody closed": Unit(
        two_mornings("purge_trainings"), (*IN_NEED, clock_at("2033-01-05T04:40:00+00:00"))
    ),
}  # fmt: skip
REPAIRS: dict[str, Unit] = {
    "finding an offer without its run": Unit(
        tick("reconcile_registrations"), (*WAITING, house.loses("StartExecution", GIVE_BACK), later(minutes=5)),
        ("reconcile_registrations",),
    ),
    "finding a session without its run": Unit(
        tick("reconcile_sessions"), (*EXTERNAL, house.loses("StartExecution", PUBLISH), later(minutes=5)),
        ("reconcile_sessions",),
    ),
    "finding people who were not told": Unit(
        tick("reconcile_sessions"),
        (
            *TAKEN, house.loses("StartExecution", CALL_OFF),
            later(minutes=5),
        ),
    ),
    "finding an answer about a seat that was lost": Unit(
        tick("sweep_decisions"),
        (*OFFERED, house.loses("SendTaskSuccess", TAKE), later(minutes=5)),
    ),
    "finding an answer about a session that was lost": Unit(
        tick("sweep_decisions"),
        (*TO_APPROVE, house.loses("SendTaskSuccess", house.decide("accept", email=house.DIRECTOR)), later(minutes=5)),
    ),
}  # fmt: skip
UNITS = WRITING | REGISTERING | MANAGING | OFFERS | DATES | DOOR | AFTERWARDS | REPAIRS
