"""The forms of a page as a browser reads them: what is filled in, what may be chosen, which buttons there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

CHOSEN = {"checkbox", "radio"}
NO_FIELD = {"submit", "button", "file"}
Attributes = dict[str, str]


@dataclass
class Control:
    """One field: `kind` is the type of an input, `select` or `textarea`; `options` are (value, whether selected)."""

    name: str
    kind: str
    value: str = ""
    is_checked: bool = False
    options: list[tuple[str, bool]] = field(default_factory=list)

    def typed(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What is sent of it; without an answer, what stands there."""
        given = answers.get(self.name)
        if self.kind in CHOSEN:
            if self.is_checked if given is None else _is_meant(self.value, given):
                yield self.name, self.value
        elif self.kind not in NO_FIELD:
            yield self.name, self._standing() if given is None else str(given)

    def _standing(self) -> str:
        if self.kind != "select":
            return self.value
        chosen = [value for value, is_selected in self.options if is_selected] or [v for v, _ in self.options]
        return chosen[0] if chosen else ""


@dataclass
class Button:
    """A button that sends its form; `action` is where to if not to the form's own address."""

    text: str = ""
    name: str = ""
    value: str = ""
    action: str = ""


@dataclass
class Form:
    """A form of a page."""

    action: str
    controls: list[Control] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    takes_file: str = ""

    def button(self, text: str) -> Button | None:
        """The first button whose text has these words."""
        return next((one for one in self.buttons if text in " ".join(one.text.split())), None)

    def filled(self, answers: Mapping[str, Any], button: Button | None = None) -> list[tuple[str, str]]:
        """What is sent, in the order of the page; answers to questions that it does not ask stay away."""
        pairs = [pair for control in self.controls for pair in control.typed(answers)]
        return [*pairs, (button.name, button.value)] if button and button.name else pairs


def forms_in(html: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def _is_meant(value: str, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    return value in map(str, given) if isinstance(given, list) else value == str(given)


class _Reader(HTMLParser):
    """Fields outside of forms are none; a field may name its form by `form=`, which our pages do not."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._control: Control | None = None
        self._button: Button | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None:
            self._inside(tag, given, self._form)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "button":
            self._button = None
        elif tag in ("select", "textarea"):
            self._control = None

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button.text += data
        elif self._control is not None and self._control.kind == "textarea":
            self._control.value += data

    def _inside(self, tag: str, given: Attributes, form: Form) -> None:
        if tag == "button":
            names = (given.get("name", ""), given.get("value", ""), given.get("formaction", ""))
            self._button = Button("", *names)
            form.buttons.append(self._button)
        elif tag == "option" and self._control is not None:
            self._control.options.append((given.get("value", ""), "selected" in given))
        elif tag in ("input", "select", "textarea"):
            self._add(tag, given, form)

    def _add(self, tag: str, given: Attributes, form: Form) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        value = given.get("value", "on" if kind in CHOSEN else "")
        control = Control(given.get("name", ""), kind, value, "checked" in given)
        if kind == "file":
            form.takes_file = control.name
        if control.name and "disabled" not in given:
            form.controls.append(control)
        self._control = None if tag == "input" else control
