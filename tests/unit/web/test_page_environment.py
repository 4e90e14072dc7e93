"""Pages and mails load templates from the same rooms, and each knows its own names."""

from chalicelib.runtime.templating import environment
from chalicelib.web import pages


def test_a_page_knows_addresses_although_a_mail_has_loaded_its_components_before():
    environment.cache_clear()
    pages._environment.cache_clear()
    assert environment().get_template("web/components.html").module
    components = pages._environment().get_template("web/components.html").module
    assert "/static/" in components.documents([])


def test_mails_do_not_know_addresses_of_pages():
    pages._environment()
    assert "static" not in environment().globals
