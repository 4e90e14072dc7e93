"""The interpreters of `make bench` find the settings that functions find."""

from infra.bench.fresh import ENVIRONMENT
from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT

NOT_READ = {
    "MAIL_CONFIGURATION_SET", "LINK_KEYS", "SENDINGS_PER_MACHINE",
    "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_LOG_LEVEL",
}  # fmt: skip


def test_every_setting_of_functions_is_there_or_known_not_to_be_read():
    settings = load(ROOT / "infra" / "resources.yaml")["Globals"]["Function"]["Environment"]["Variables"]
    assert set(settings) - set(ENVIRONMENT) == NOT_READ
