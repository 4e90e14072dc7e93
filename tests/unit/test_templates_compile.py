"""Every template of every room compiles: a filter or an import that is missing is found here."""

import pytest

from chalicelib.runtime.templating import environment


@pytest.mark.parametrize("name", sorted(environment().list_templates()))
def test_a_template_compiles(name):
    assert environment().get_template(name)
