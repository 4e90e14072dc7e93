"""The lasting link to the consents of a file: what it carries, and when a later choice has overtaken it."""

from chalicelib.links.signed import SignedLink, SignedRequest
from chalicelib.partners.model import Application

PAGE = "/consentements"
LINK_SECONDS = 3 * 365 * 86_400
"""Three years: longer than any mail is kept at hand, shorter than for ever. After it, the space has the same page."""


def link_to(application: Application) -> SignedRequest:
    """The link to the consents of a file, as it stands now."""
    return SignedRequest(PAGE, application.id, application.consents_version, LINK_SECONDS)


def is_overtaken(link: SignedLink, application: Application) -> bool:
    """Whether something was chosen since the link was made."""
    return link.version != application.consents_version


def renewed(link: SignedLink, application: Application) -> SignedLink:
    """The link as it would be made now; it ends when the former one does."""
    return SignedLink(link.path, link.subject, application.consents_version, link.expires_epoch)
