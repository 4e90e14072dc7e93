"""What training funds pay: a session that is too short is shown as not fundable."""

from dataclasses import dataclass
from datetime import date

from chalicelib.office.trainings import Fund, TrainingRules
from chalicelib.trainings.plan import Plan


@dataclass(frozen=True)
class FundVerdict:
    """Whether a fund may pay for a session, in a sentence."""

    name: str
    is_fundable: bool
    sentence: str


def fund_verdicts(plan: Plan, rules: TrainingRules, on: date) -> tuple[FundVerdict, ...]:
    """What each fund in force on that day says of a paid training action or of any other session."""
    return tuple(_verdict(fund, plan) for fund in rules.funds if fund.period.includes(on))


def _verdict(fund: Fund, plan: Plan) -> FundVerdict:
    hours = f"{fund.minimum_hours}\u00a0heures"
    if not plan.is_training_action:
        return FundVerdict(
            fund.name, False, f"Non finançable par {_of(fund)}\u00a0: ce n’est pas une action de formation."
        )
    if plan.minutes < 60 * fund.minimum_hours:
        return FundVerdict(
            fund.name, False, f"Non finançable par {_of(fund)}\u00a0: il faut au moins {hours}."
        )
    note = f" {fund.note}" if fund.note else ""
    return FundVerdict(fund.name, True, f"Finançable par {_of(fund)} (au moins {hours}).{note}")


def _of(fund: Fund) -> str:
    return f"l’{fund.name}" if fund.name[:1] in "AEIOUY" else fund.name
