"""Season reports: an ordinary one, the longest, and one of which hardly anything is known."""

from dataclasses import replace
from math import sin
from typing import Any

from chalicelib.kernel.french import NBSP
from chalicelib.observatory.content import (
    Answer,
    Content,
    Effect,
    KeyFigure,
    Panel,
    PanelRow,
    Row,
    Satisfaction,
    Share,
    Table,
    WeekRow,
)

MONTHS = ("décembre", "janvier", "février", "mars", "avril", "mai", "juin")
CATEGORIES = (
    "Hôtel", "Camping", "Parc résidentiel de loisirs", "Résidence de tourisme", "Village de vacances",
    "Auberge collective", "Meublé de tourisme", "Chambres d’hôtes",
)  # fmt: skip
METHOD = (
    f"Taux d’occupation{NBSP}: nuits vendues, divisées par les nuits proposées par les établissements ouverts.",
    "Le secret suit la règle de la statistique publique (loi 51-711 du 7 juin 1951)\u00a0: aucun chiffre ne vient de "
    f"moins de 3{NBSP}établissements, ni pour plus de 85{NBSP}% d’un seul.",
)


def a_row(label: str, rate: float = 62.4, before: float | None = 59.3) -> Row:
    """A rate that is published, beside that of the year before."""
    return Row(label, rate, before, None if before is None else round(rate - before, 1))


def a_week(number: int, events: tuple[str, ...] = ()) -> WeekRow:
    """A week of winter; the eighth is closed, the ninth secret, holidays are in the tenth to the thirteenth."""
    state = {7: "closed", 8: "secret"}.get(number, "open")
    rate = round(50 + 30 * sin(number / 3), 1) if state == "open" else None
    zones = {9: ("A",), 10: ("A", "B"), 11: ("A", "B", "C"), 12: ("C",)}.get(number, ())
    return WeekRow(
        label=f"semaine du {number % 21 + 1 if number % 21 else '1er'} au {number % 21 + 7} {MONTHS[number // 4 % 7]} 2027",
        rate=rate,
        before=None if state == "secret" else round(46 + 28 * sin(number / 3 + 0.2), 1),
        change=None if rate is None else 3.1,
        state=state,  # type: ignore[arg-type]
        zones=zones,
        foreign=("Canton de Genève",) if number == 10 else (),
        events=events,
    )


def a_report(**changes: Any) -> Content:
    """The end of a winter in a small territory."""
    secret = Row("Léman", state="secret")
    return replace(
        Content(
            kind="season_end",
            title="Bilan\u00a0: hiver 2026-2027",
            territory="Pays de Gex",
            period="du 19 décembre 2026 au 18 avril 2027",
            compared_with="hiver 2025-2026",
            published_on="2027-05-10",
            commentary=("Un hiver porté par les vacances de février.", "La neige est venue tard."),
            key_figures=(
                KeyFigure("Taux d’occupation", 62.4, 3.1),
                KeyFigure("Taux d’utilisation", 48.0, -0.4),
                KeyFigure("Durée moyenne de séjour", f"2,9{NBSP}nuits"),
            ),
            panel=Panel(120, 84, 70.0, (PanelRow("Hôtel", "12"), PanelRow("Camping", "moins de 3"))),
            weeks=tuple(a_week(number, ("Foulée blanche",) if number == 3 else ()) for number in range(14)),
            tables=(
                Table("secteurs", "Par secteur", "", (a_row("Haut-Jura gessien", 71.0, 66.2), a_row("Piémont"), secret)),
                Table("types", "Par type", "", (a_row("Hôtel"), Row("Camping", state="closed"), a_row("Auberge", 0.0, 12.5))),
            ),
            zones=tuple(a_row(f"{count} zone" + "s" * (count > 1), 40.0 + 12 * count) for count in range(4)),
            effects=(
                Effect("Foulée blanche", "du 23 au 24 janvier 2027", 78.0, 61.5, 16.5, "Les mêmes jours des semaines voisines."),
            ),
            origins=(Share("France", 64.0), Share("Suisse", 21.4), Share("Belgique")),
            satisfaction=Satisfaction(
                None, (Answer("Très bonne", 12), Answer("Bonne", 20), Answer("Mauvaise")), (Answer("La météo", 18),),
            ),
            outlook=(a_row("Mai 2027", 34.0, 31.0), a_row("Juin 2027", 28.5, None)),
            method=METHOD,
        ),
        **changes,
    )  # fmt: skip


def a_longest_report() -> Content:
    """26 weeks, 30 events, 3 sectors, 8 categories, a commentary of 3 000 signs."""
    events = {number: tuple(f"Événement {number}-{one}" for one in range(number % 3)) for number in range(26)}
    effects = tuple(
        Effect(
            f"Grande fête intercommunale de la neige et des alpages, édition {number}",
            f"du {number} au {number + 1} janvier 2027", 60.0 + number, 50.0, 10.0 + number,
            "Les mêmes jours de la semaine, sans vacances ni autre événement, dans les six semaines voisines.",
        )
        for number in range(1, 31)
    )  # fmt: skip
    sentence = (
        "La saison a commencé tôt et la neige est restée jusqu’en avril, ce qui a servi tous les secteurs. "
    )
    return a_report(
        commentary=((sentence * 10).strip(), (sentence * 10).strip(), (sentence * 10).strip()),
        key_figures=tuple(KeyFigure(f"Chiffre clé numéro {number}", 60.0 + number, 1.5) for number in range(8)),
        panel=Panel(15_000, 12_345, 82.3, tuple(PanelRow(label, "1\u202f543") for label in CATEGORIES)),
        weeks=tuple(a_week(number, events[number]) for number in range(26)),
        tables=(
            Table("secteurs", "Par secteur", "Les communes sont groupées.", tuple(map(a_row, ("Haut-Jura gessien", "Piémont", "Léman")))),
            Table("types", "Par type", "", tuple(map(a_row, CATEGORIES))),
            Table("etoiles", "Par nombre d’étoiles", "Hôtels seulement.", tuple(a_row(f"{stars} étoiles") for stars in range(1, 6))),
        ),
        effects=effects,
        method=METHOD * 6,
    )  # fmt: skip


def a_bare_report() -> Content:
    """A bulletin of a month about which next to nothing is known."""
    return Content(
        kind="bulletin",
        title="Bulletin de novembre 2029",
        territory="Pays de Gex",
        period="novembre 2029",
        compared_with="",
        published_on="2030-01-31",
        method=(
            "Les vacances scolaires de 2029 ne sont pas encore connues\u00a0: le bulletin paraît sans cette partie.",
        ),
    )
