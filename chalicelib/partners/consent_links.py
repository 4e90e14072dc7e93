"""The lasting link to the consents of a file: what it carries, and when a later choice has overtaken it."""

from chalicelib.kernel.errors import AccessRefused
from chalicelib.links.signed import SignedLink, SignedRequest
from chalicelib.partners.model import Application

PAGE = "/consentements"
LINK_SECONDS = 3 * 365 * 86_400
"""Three years: longer than any mail is kept at hand, shorter than for ever. After it, the space has the same page."""


class OvertakenLink(AccessRefused):
    """A link from before the last choice gives nothing: whoever kept the mail could agree in the partner's name."""

    def __init__(self) -> None:
        super().__init__(
            "Ce lien date d’avant votre dernier choix\u00a0: il ne sert plus qu’à retirer un accord. "
            "Pour en donner un, connectez-vous à «\u00a0Mon espace\u00a0»."
        )


def link_to(application: Application) -> SignedRequest:
    """The link to the consents of a file, as it stands now."""
    return SignedRequest(PAGE, application.id, application.consents_version, LINK_SECONDS)


def is_overtaken(link: SignedLink, application: Application) -> bool:
    """Whether something was chosen since the link was made."""
    return link.version != application.consents_version


def renewed(link: SignedLink, application: Application) -> SignedLink:
    """The link as it would be made now; it ends when the former one does."""
    return SignedLink(link.path, link.subject, application.consents_version, link.expires_epoch)
