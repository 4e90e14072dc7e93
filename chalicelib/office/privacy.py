"""What the office says about personal data: who answers for it, why it is kept and for how long."""

from dataclasses import dataclass
from types import MappingProxyType

LEGAL_BASIS_LABELS = MappingProxyType(
    {
        "contract": "Contrat",
        "legal_obligation": "Obligation légale",
        "public_interest": "Mission d’intérêt public",
        "legitimate_interest": "Intérêt légitime",
        "consent": "Consentement",
    }
)


@dataclass(frozen=True)
class Purpose:
    """One use of personal data, with its legal basis and how long the data is kept, in French."""

    name: str
    legal_basis: str
    data: str
    retention: str
    source_url: str = ""

    @property
    def legal_basis_label(self) -> str:
        """The legal basis in French."""
        return LEGAL_BASIS_LABELS[self.legal_basis]


@dataclass(frozen=True)
class Privacy:
    """The block shown on /confidentialite and under the form."""

    controller: str
    dpo_name: str
    dpo_email: str
    purposes: tuple[Purpose, ...]
