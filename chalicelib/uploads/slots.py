"""What a page shows of the documents that it asks for: each with its files, its state and the form to send one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.files import PostTicket
from chalicelib.kernel.french import french_quoted, french_size
from chalicelib.uploads.model import Fault, ScanState, Upload
from chalicelib.uploads.rules import USUAL, Rules
from chalicelib.uploads.wording import CUT_OFF, STALE, fault_sentence

MISSING, CHECKING, JOINED, REFUSED = "missing", "checking", "joined", "refused"


@dataclass(frozen=True)
class DocumentAsked:
    """A document that a form asks for; `kind` is a code such as `quote`, the rest is French."""

    kind: str
    title: str
    hint: str = ""
    required: bool = True


@dataclass(frozen=True)
class Paths:
    """Where the page's own buttons lead, as paths of this site.

    `remove` is for the upload with an identifier, `add` shows the page with the form of one kind more, `check`
    has the files looked at that have arrived. The first and the last are posted to. `open` reads an upload again.
    """

    remove: Callable[[str], str]
    add: Callable[[str], str]
    check: str
    open: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Sent:
    """A file that was sent; `state` is that of a row of files, `open` empty where it cannot be read here, or yet."""

    name: str
    size: str
    state: str
    remove: str
    open: str = ""
    note: str = ""


@dataclass(frozen=True)
class Form:
    """The form that sends one file, what it takes, and what a script says before it is sent or when it does not go."""

    ticket: PostTicket
    accept: str
    takes: str
    most_bytes: int
    words: Mapping[str, str]


@dataclass(frozen=True)
class Slot:
    """One document with what is there of it: a form, or the path `add` to one, or neither when there is no room."""

    asked: DocumentAsked
    state: str
    files: tuple[Sent, ...]
    check: str
    refused_name: str = ""
    error: str = ""
    form: Form | None = None
    add: str = ""


def slots(
    asked: Sequence[DocumentAsked],
    uploads: Sequence[Upload],
    ticket_for: Callable[[str], PostTicket],
    paths: Paths,
    *,
    waiting: Collection[str] = (),
    adding: str = "",
    rules: Rules = USUAL,
) -> list[Slot]:
    """The documents in the order in which they are asked for.

    `waiting` are the kinds of which a file has arrived that nobody has looked at yet, `adding` the one whose form
    is shown although a file of it is there.
    """
    titles = {each.kind: each.title for each in asked}
    notes = _notes([each for each in uploads if each.is_kept], titles)

    def slot(document: DocumentAsked) -> Slot:
        ours = [each for each in uploads if each.kind == document.kind]
        kept = [each for each in ours if each.is_kept]
        refused = next((each for each in ours if not each.is_kept), None)
        is_checked = document.kind in waiting
        has_room = len(kept) < rules.most_of_kind and not is_checked
        shows_form = has_room and (not kept or refused is not None or adding == document.kind)
        return Slot(
            document,
            _state(kept, refused, is_checked=is_checked),
            tuple(_sent(each, paths, notes.get(each.id, "")) for each in kept),
            paths.check,
            refused.name if refused else "",
            _sentence(refused, rules) if refused else "",
            _form(ticket_for(document.kind), rules) if shows_form else None,
            paths.add(document.kind) if has_room and not shows_form else "",
        )

    return [slot(each) for each in asked]


def still_due(shown: Sequence[Slot]) -> list[FieldError]:
    """What stands in the way of sending the whole: documents that are missing, or still looked at."""
    return [
        FieldError(each.asked.kind, _due(each))
        for each in shown
        if each.state == CHECKING or _is_lacking(each)
    ]


def _is_lacking(slot: Slot) -> bool:
    return slot.asked.required and not slot.files


def _due(slot: Slot) -> str:
    title = french_quoted(slot.asked.title)
    if slot.state == CHECKING:
        return f"Le contrôle de {title} n’est pas terminé\u00a0: attendez quelques secondes, puis réessayez."
    return f"Joignez le document {title}."


def _state(kept: Sequence[Upload], refused: Upload | None, *, is_checked: bool) -> str:
    if is_checked:
        return CHECKING
    if refused:
        return REFUSED
    return JOINED if kept else MISSING


def _notes(kept: Sequence[Upload], titles: Mapping[str, str]) -> dict[str, str]:
    """What there is to say of files that were sent for another document too: meant so, or a slip."""
    twins = {
        each.id: french_quoted(titles[other.kind])
        for each in kept
        for other in kept
        if other.sha256 == each.sha256 and other.kind != each.kind and other.kind in titles
    }
    return {upload_id: f"Le même fichier est aussi joint à {title}." for upload_id, title in twins.items()}


def _sent(upload: Upload, paths: Paths, note: str) -> Sent:
    name, size, remove = upload.name, french_size(upload.size), paths.remove(upload.id)
    if upload.scan is ScanState.PENDING:
        return Sent(name, size, "scanning", remove, note=note)
    return Sent(name, size, "sent", remove, paths.open(upload.id) if paths.open else "", note)


def _sentence(refused: Upload, rules: Rules) -> str:
    return fault_sentence(refused.fault, rules) if refused.fault else ""


def _form(ticket: PostTicket, rules: Rules) -> Form:
    words = {
        "too-large": fault_sentence(Fault.TOO_LARGE, rules),
        "wrong-type": fault_sentence(Fault.WRONG_TYPE, rules),
        "empty": fault_sentence(Fault.EMPTY, rules),
        "cut-off": CUT_OFF,
        "stale": STALE,
    }
    names = [each.name for each in rules.types]
    takes = f"{', '.join(names[:-1])} ou {names[-1]}" if names[1:] else names[0]
    takes = f"{takes}, {french_size(rules.most_bytes)} au plus"
    return Form(ticket, ",".join(rules.extensions), takes, rules.most_bytes, words)
