"""What is worth looking at after a demonstration, and as whom."""

from collections.abc import Iterator

from infra.demo.show import Show

WIDTH = 30
Line = tuple[str, str]


def worth_opening(show: Show) -> str:
    """The addresses, a line each, then who may log in."""
    lines = [f"    {title:<{WIDTH}} {address}" for title, address in _lines(show)]
    people = [f"    {title:<{WIDTH}} {address}" for title, address in _people(show)]
    told = "Log in with one of these addresses: the link comes to the mailbox."
    return "\n".join(["", "  Worth opening", "", *lines, "", f"  {told}", "", *people, ""])


def _lines(show: Show) -> Iterator[Line]:
    site, report = show.stage.site.url, show.report
    yield "The season report", f"{site}{report.page}"
    yield "Its document (PDF)", f"{site}{report.page}/bilan.pdf"
    yield "All reports at the desk", f"{site}/bureau/observatoire/bilans"
    yield "Figures month by month", f"{site}/bureau/observatoire"
    yield "The desk", f"{site}/bureau"
    yield "The mailbox", f"{show.stage.post.url}/"
    yield "A partner's space", f"{site}/espace"
    if show.aid:
        yield "An aid file", f"{site}/bureau/aides/{show.aid}"
        yield "The envelope", f"{site}/bureau/enveloppe"
    for reference in show.sessions[1:2]:
        yield "A full session", f"{site}/formations/{reference}"
        yield "The same at the desk", f"{site}/bureau/formations/{reference}"


def _people(show: Show) -> Iterator[Line]:
    stage = show.stage
    steps = {"Observatory": "report_review", "Direction": "report_approval", "Network": "membership"}
    for title, step in steps.items():
        yield title, stage.email_for(step)
    if stage.office.subsidies:
        yield "Quality and aid", stage.email_for("subsidy_check")
    for partner in show.partners[:1]:
        yield "A partner", partner.applicant.email
