"""The kinds of sessions, of two regimes that are never mixed: network events and training actions."""

from types import MappingProxyType

TRAINING_ACTION = "training_action"

KIND_WORDS = MappingProxyType(
    {
        "workshop": "Atelier",
        "educational_tour": "Éductour",
        "collective_workshop": "Atelier d’intelligence collective",
        "brand_academy": "Académie de la marque",
        "expertise": "Expertise du collectif",
        "thematic_event": "Événement thématique",
        "season_review": "Restitution de saison",
        "leaflet_exchange": "Bourse aux documents",
        "social_moment": "Temps convivial",
        "general_meeting": "Assemblée générale",
        TRAINING_ACTION: "Action de formation",
    }
)


def is_training_action(kind: str) -> bool:
    """Whether the documents of a training action are due: convocation, sheet to sign, certificate (Qualiopi)."""
    return kind == TRAINING_ACTION
