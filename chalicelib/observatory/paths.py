"""Where the pages of the observatory are."""

ENTRY_PAGE = "/observatoire/saisie"
"""The form of one establishment and month, behind its mailed link."""

IMPORTS = "/bureau/observatoire/imports"
"""Where the office takes files of its data providers in."""
