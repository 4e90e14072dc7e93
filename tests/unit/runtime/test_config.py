import pytest

from chalicelib.runtime import config

NEEDED = {
    "BASE_URL": config.base_url,
    "MACHINE_ARN_PREFIX": lambda: config.machine_arn("partners_onboarding"),
    "MAIL_SENDER": config.mail_sender,
    "FILES_BUCKET": config.files_bucket,
}


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_setting_is_named_when_it_is_asked_for(monkeypatch, name, value):
    monkeypatch.delenv(name, raising=False)
    if value is not None:
        monkeypatch.setenv(name, value)
    with pytest.raises(config.MissingSetting, match=f"{name} is not set"):
        NEEDED[name]()


def test_the_base_url_has_no_slash_at_its_end(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://pro.example.org/api/")
    config.base_path.cache_clear()
    assert (config.base_url(), config.base_path()) == ("https://pro.example.org/api", "/api")
    config.base_path.cache_clear()


def test_a_machine_is_named_after_its_stack_and_its_process(monkeypatch):
    monkeypatch.setenv("MACHINE_ARN_PREFIX", "arn:aws:states:eu-west-3:1:stateMachine:cordee")
    assert config.machine_arn("partners_onboarding").endswith(":stateMachine:cordee-partners_onboarding")


def test_what_may_be_absent_has_a_default(monkeypatch):
    for name in ("STAGE", "VERSION", "TABLE_PREFIX", "MAIL_CONFIGURATION_SET"):
        monkeypatch.delenv(name, raising=False)
    assert (config.stage(), config.version(), config.mail_configuration_set()) == ("test", "0", "")
    assert config.table_name("mail") == "cordee-test-mail"


def test_the_applications_that_one_machine_may_send_are_a_setting(monkeypatch):
    monkeypatch.delenv("SENDINGS_PER_MACHINE", raising=False)
    assert config.sendings_per_machine() == 100
    monkeypatch.setenv("SENDINGS_PER_MACHINE", "5000")
    assert config.sendings_per_machine() == 5000


def test_no_other_origin_takes_forms_until_the_template_names_one(monkeypatch):
    monkeypatch.delenv("FILES_ORIGIN", raising=False)
    assert config.form_origins() == ()
    monkeypatch.setenv("FILES_ORIGIN", "https://files.example.org")
    assert config.form_origins() == ("https://files.example.org",)


@pytest.mark.parametrize(("scanner", "are_scanned"), [(None, False), ("none", False), ("guardduty", True)])
def test_files_are_scanned_where_a_scanner_is_named(monkeypatch, scanner, are_scanned):
    monkeypatch.delenv("FILE_SCANNER", raising=False)
    if scanner:
        monkeypatch.setenv("FILE_SCANNER", scanner)
    assert config.are_files_scanned() is are_scanned
