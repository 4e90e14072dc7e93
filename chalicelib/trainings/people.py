"""Who somebody is within a session, so that nobody is registered twice, and from one session to the next."""

from unicodedata import category, normalize

from chalicelib.kernel import ids
from chalicelib.trainings.model import Person, Structure


def person_key(structure: Structure, person: Person) -> str:
    """The same person of the same structure has the same key, whatever the accents and capitals."""
    return ids.id_of(f"{structure.key}\n{folded(person.name)}")


def partner_key(partner_id: str) -> str:
    """The key of a partner as a structure."""
    return f"partner:{partner_id}"


def guest_key(email: str) -> str:
    """The key of a guest as a structure: whoever proved the address."""
    return f"guest:{ids.id_of(email.lower())}"


def folded(name: str) -> str:
    """A name without its accents, capitals and signs, to be compared."""
    bare = "".join(sign for sign in normalize("NFKD", name.casefold()) if category(sign) != "Mn")
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())
