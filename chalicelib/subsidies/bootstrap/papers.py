"""The PDFs of aid files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.office.bootstrap import office_repository
from chalicelib.runtime import config
from chalicelib.subsidies.bootstrap import awarding, stores

if TYPE_CHECKING:
    from chalicelib.subsidies.model import PrintedDocument, Subsidy
    from chalicelib.subsidies.printing import Printing

LINK_SECONDS = 300


@lru_cache(maxsize=1)
def printing() -> Printing:
    """What prints the PDFs of files."""
    from chalicelib.documents.bootstrap import printer
    from chalicelib.subsidies.printed import Papers
    from chalicelib.subsidies.printing import Printing
    from chalicelib.uploads.bootstrap import files

    return Printing(
        files=stores.subsidies(),
        store=files(),
        printer=printer(),
        assessor=awarding.assessor(),
        data_of=Papers(
            awarding.describe, stores.office, stores.office_of, f"{config.base_url()}/espace"
        ).data_of,
        office_at=office_repository().version,
        clock=stores.now,
    )


def link_to(printed: PrintedDocument, subsidy: Subsidy) -> str:
    """An address that saves a PDF of a file, for some minutes."""
    from chalicelib.kernel.files import Shown
    from chalicelib.uploads.bootstrap import files

    name = f"{subsidy.reference}-{printed.kind}.pdf"
    return files().download_url(
        printed.key, Shown("application/pdf", f'attachment; filename="{name}"', LINK_SECONDS)
    )
