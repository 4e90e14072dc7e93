"""The browser's key to its draft of the membership form."""

from chalicelib.drafts.browser import DraftCookie
from chalicelib.partners import bootstrap

DRAFT_COOKIE = DraftCookie("dossier", bootstrap.draft_service)
