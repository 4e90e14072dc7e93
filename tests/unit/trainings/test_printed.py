"""What the papers of a session say, before they are printed."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.kernel.clock import PARIS
from chalicelib.trainings import printed
from chalicelib.trainings.papers import HalfDayPaper, Presence, attended_minutes
from chalicelib.trainings.printed_certificate import NothingAttended
from tests.factories import an_office
from tests.unit.documents import training_samples as samples

OFFICE = an_office()


def with_n(text):
    return text.replace("\u00a0", "N")


def paris(day, hour, minute=0, month=3):
    return datetime(2027, month, day, hour, minute, tzinfo=PARIS)


def facts(data):
    return {fact["label"]: with_n(fact["value"]) for fact in data["facts"]}


def presence(marked_at):
    data = printed.attendance_sheet(
        OFFICE, samples.a_training(), samples.a_half_day(), [Presence(samples.a_person(), marked_at)]
    )
    return with_n(data["people"][0]["present"])


@pytest.mark.parametrize(
    ("half_days", "minutes"),
    [
        ((), 0),
        (samples.FOUR_HALF_DAYS, 840),
        ((HalfDayPaper(paris(28, 1), paris(28, 4)),), 120),
        ((HalfDayPaper(paris(31, 1, month=10), paris(31, 4, month=10)),), 240),
        ((HalfDayPaper(paris(27, 22), paris(28, 8)),), 540),
        ((HalfDayPaper(datetime(2027, 3, 3, 8, tzinfo=UTC), paris(3, 10)),), 60),
    ],
)
def test_what_is_attended_are_minutes_that_really_pass_even_when_clocks_change(half_days, minutes):
    assert attended_minutes(half_days) == minutes


def test_a_sheet_tells_the_half_day_in_paris_and_numbers_everybody_in_their_order():
    data = samples.a_sheet(3)
    assert with_n(data["half_day"]) == "mercredi 3Nmars 2027, de 9NhN00 à 12NhN30 (3NhN30)"
    assert with_n(data["sheet"]) == "FOR-7KQ4M2 · 3Nmars 2027 à 9NhN00"
    assert [(person["number"], person["name"]) for person in data["people"]] == [
        ("1", "Maëlle Durand A."), ("2", "Noé Favre A."), ("3", "Jeanne d’Arçon A."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marked_at", "said"),
    [
        (None, ""),
        (datetime(2027, 3, 3, 8, 5, tzinfo=UTC), "présent(e), relevé à 9NhN05"),
        (datetime(2027, 3, 4, 8, 5, tzinfo=UTC), "présent(e), relevé le 4Nmars 2027 à 9NhN05"),
        (datetime(2027, 3, 3, 23, 5, tzinfo=UTC), "présent(e), relevé le 4Nmars 2027 à 0NhN05"),
    ],
)
def test_a_presence_that_staff_noted_is_told_with_its_hour_and_its_day_if_it_is_another(marked_at, said):
    assert presence(marked_at) == said


def test_a_half_day_that_ends_after_midnight_says_so():
    over_night = HalfDayPaper(paris(27, 22), paris(28, 8))
    data = printed.attendance_sheet(OFFICE, samples.a_training(), over_night, [])
    assert with_n(data["half_day"]) == "samedi 27Nmars 2027, de 22NhN00 à 8NhN00 le lendemain (9Nh)"


@pytest.mark.parametrize(
    ("place", "is_remote", "said"),
    [
        (("Mairie", "01210 Ferney-Voltaire"), False, "Mairie, 01210NFerney-Voltaire"),
        ((), True, "à distance"),
        (("Mairie", ""), True, "Mairie, à distance"),
        ((), False, None),
    ],
)
def test_a_place_is_an_address_or_at_a_distance_or_left_out(place, is_remote, said):
    session = samples.a_training(place=place, is_remote=is_remote)
    assert facts(printed.attendance_sheet(OFFICE, session, samples.a_half_day(), [])).get("Lieu") == said


def test_a_certificate_of_a_training_action_has_every_field_of_the_ministrys_model():
    data = samples.a_certificate()
    assert data["heading"] == "Certificat de réalisation"
    assert with_n(data["statement"]) == (
        "Je soussigné(e) Claire Martin, directrice, représentant légal du dispensateur de l’action concourant au "
        "développement des compétences Association de l’office de tourisme du Val d’Exemple, atteste que MmeNouNM."
    )
    assert data["person"] == {
        "name": "Maëlle Durand",
        "bond": "Gérante, salarié(e) de l’entreprise Hôtel du Pont SARL",
    }
    assert (data["took_part"], data["title"]) == ("a suivi l’action", "Accueillir les visiteurs étrangers")
    assert [nature["label"] for nature in data["natures"] if nature["mark"]] == ["action de formation"]
    assert len(data["natures"]) == 4
    assert with_n(data["took_place"]) == (
        "qui s’est déroulée du 3Nmars 2027 au 10Nmars 2027, pour une durée de 14Nh."
    )
    assert "pendant une durée de 3Nans à compter de la fin de l’année du dernier paiement" in with_n(
        data["keeping"]
    )
    assert (with_n(data["issued_on"]), data["office"]["place"]) == ("12Nmars 2027", "Ferney-Voltaire")
    assert data["stamp"] == "Cachet et signature du responsable du dispensateur de formation"
    assert facts(data) == {
        "Lieu": "Salle des mariages, mairie de Ferney-Voltaire, 4 avenue Voltaire, 01210NFerney-Voltaire",
        "Formateur(trice)": "Inès Carvalho",
        "Organisme": "Association de l’office de tourisme du Val d’Exemple, SIRETN123N456N782N00010",
        "Enregistrement": "déclaration d’activité n°N84N01N02345N01 (cet enregistrement ne vaut pas agrément de l’État)",
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "owner"}, "Gérante, chef(fe) de l’entreprise Hôtel du Pont SARL"),
        ({"status": "volunteer", "function": ""}, "bénévole de la structure Hôtel du Pont SARL"),
        ({"status": ""}, "Gérante, de la structure Hôtel du Pont SARL"),
        ({"structure": "Maëlle Durand"}, "Gérante"),
    ],
)
def test_nobody_is_certified_to_be_an_employee_who_did_not_say_so(changes, said):
    assert samples.a_certificate(person=samples.a_person(**changes))["person"]["bond"] == said


def test_who_signs_on_behalf_of_the_legal_representative_says_so():
    told = samples.a_certificate(is_delegate=True)["statement"]
    assert "Claire Martin, directrice, par délégation du représentant légal du dispensateur" in told


def test_where_the_file_promises_no_years_a_certificate_says_what_the_application_keeps():
    told = with_n(samples.a_certificate(proof_years=0)["keeping"])
    assert told == "L’organisateur garde les feuilles d’émargement et les relevés de présence pendant 5Nans."
    assert samples.a_certificate(proof_years=0, kept_years=0)["keeping"] == ""


def test_a_certificate_without_a_siret_tells_the_siren():
    known = facts(samples.a_certificate(samples.a_training(siret="")))
    assert known["Organisme"].endswith("SIRENN123N456N782")


def test_any_other_session_has_an_attestation_and_no_number_of_a_training_body():
    data = samples.a_certificate(samples.a_workshop(activity_number="84010234501"))
    assert (data["heading"], data["took_part"]) == ("Attestation de présence", "a participé à")
    known = facts(data)
    assert (known["Nature"], known["Date"], known["Lieu"]) == (
        "Atelier numérique",
        "3Nmars 2027",
        "à distance",
    )
    assert not {"Enregistrement", "Formateur(trice)", "Dates"} & set(known)
    assert (data["natures"], data["took_place"], data["stamp"]) == ([], "", "")
    assert data["person"]["bond"] == "Gérante, Hôtel du Pont SARL"
    assert "SIREN" in known["Organisme"]


def test_who_missed_half_days_is_certified_the_others_alone():
    data = samples.a_certificate(attended=samples.FOUR_HALF_DAYS[1:3])
    assert with_n(data["took_place"]) == (
        "qui s’est déroulée du 3Nmars 2027 au 10Nmars 2027, pour une durée de 7Nh suivies par cette personne, "
        "sur 14Nh prévues."
    )
    assert [(with_n(each["day"]), with_n(each["hours"])) for each in data["half_days"]] == [
        ("mercredi 3Nmars 2027", "de 14NhN00 à 17NhN30"),
        ("mercredi 10Nmars 2027", "de 9NhN00 à 12NhN30"),
    ]
    assert with_n(data["total"]) == "7Nh"
    missed_the_first_day = samples.a_certificate(attended=samples.FOUR_HALF_DAYS[2:])
    assert "déroulée le 10Nmars 2027," in with_n(missed_the_first_day["took_place"])


def test_who_came_to_nothing_gets_no_certificate():
    with pytest.raises(NothingAttended, match="rien à certifier"):
        samples.a_certificate(attended=())


def test_a_signer_whose_role_is_not_known_signs_by_name():
    data = samples.a_certificate(samples.a_workshop(), signed_as="")
    assert data["statement"] == "Claire Martin, atteste pour l’organisme nommé ci-dessous que"


def test_a_convocation_lists_every_half_day_and_their_sum():
    data = samples.a_convocation()
    assert with_n(data["object"]) == "Convocation à la formation «NAccueillir les visiteurs étrangersN»"
    assert len(data["half_days"]) == 4
    assert with_n(data["half_days"][1]["text"]) == "mercredi 3Nmars 2027, de 14NhN00 à 17NhN30 (3NhN30)"
    assert with_n(data["total"]) == "14Nh"
    workshop = samples.a_convocation(samples.a_workshop())
    assert (
        with_n(workshop["object"])
        == "Votre inscription à «NPhotographier son hébergement avec un téléphoneN»"
    )
    assert workshop["total"] == ""


def test_a_letter_to_somebody_without_a_structure_has_no_empty_line():
    assert samples.a_convocation(structure="")["addressee"] == ["Maëlle Durand"]


def test_lines_that_begin_with_a_dash_or_a_dot_are_items_and_empty_ones_are_nothing():
    text = "Le matin\u00a0:\r\n - Cadrer \n\n–\u00a0Trier\n• Publier\n* Dire\n-5 degrés\n\t\nL’après-midi, pratique"
    lines = printed.convocation(
        OFFICE, samples.a_training(programme=text), samples.a_person(), date(2027, 2, 17)
    )["programme"]
    assert [(line["text"], line["item"]) for line in lines] == [
        ("Le matin\u00a0:", False), ("Cadrer", True), ("Trier", True), ("Publier", True), ("Dire", True),
        ("-5 degrés", False), ("L’après-midi, pratique", False),
    ]  # fmt: skip
