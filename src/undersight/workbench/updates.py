"""Updates: dated, public additions to an entry that overwrite nothing."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from undersight.errors import FixedFieldError, InvalidValueError
from undersight.model.records import Update
from undersight.model.schema import fields_of
from undersight.model.vocabulary import vocabulary
from undersight.workbench import claimed_fields, forms, incidents, quick_entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.model.records import Incident
    from undersight.workbench.parties import Differing
    from undersight.workbench.session import Workspace

_PARTS = (
    "acts",
    "claims",
    "sources",
    "takedowns",
    "platform_cases",
    "proceedings",
    "interventions",
    "periods",
)
_OWN = "the update itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Something new about an entry.

    Args:
        note: What is new, for readers, in one language or ``{lang: text}``.
        kind: A term of ``update_kind``; a new fact, or a denial where somebody denies, if empty.
        published: Day of the update, as EDTF or in words; today if empty.
        sources: Outlets or addresses that report it.
        denial_by: Who denies; empty if nobody does.
        denial_of: Id of the act or other record denied; the entry's only act if not given.
        parts: More acts, claims and so on, as in an entry document.
        lang: Language of the note; the workspace's if empty.
    """

    note: str | Mapping[str, str]
    kind: str = ""
    published: str = ""
    lang: str = ""
    sources: Sequence[str] = ()
    denial_by: str = ""
    denial_of: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """An update that was appended.

    Args:
        number: Its number within the entry, from 1.
        differing: What it says of recorded parties that are recorded otherwise.
        n_closed: New parts that readers of an opened entry do not see yet.
        denied_acts: Ids of the acts that a denial answers because it named none of several.
    """

    number: int
    differing: tuple[Differing, ...] = ()
    n_closed: int = 0
    denied_acts: tuple[str, ...] = ()


def append(workspace: Workspace, incident: Incident, addition: Addition) -> Appended:
    """Append an update to an entry.

    Raises:
        InputError: A term, date or part is wrong.
        FixedFieldError: The parts hold a field of the entry itself, which an update may not
            overwrite; ``incident edit`` does, with the change in the history.
    """
    addition = replace(
        addition,
        kind=addition.kind or ("denial_added" if addition.denial_by else "new_fact"),
        published=addition.published or workspace.today.isoformat(),
        lang=addition.lang or workspace.lang,
    )
    vocabulary("update_kind").term(addition.kind, "--kind")
    for name in addition.parts:
        if name not in (*_PARTS, "lang", "key"):
            raise FixedFieldError(name, tuple(_PARTS))
    published = quick_entry.typed_date(workspace, addition.published, lang=addition.lang)
    denial = _denial(workspace, incident, addition, published)
    document: dict[str, Any] = {
        **addition.parts,
        "lang": addition.lang,
        "sources": [*addition.parts.get("sources", ()), *map(_source, addition.sources)],
        "claims": [*addition.parts.get("claims", ()), *denial],
        "updates": [
            {
                "key": _OWN,
                "published": published,
                "update_kind": addition.kind,
                "note": addition.note,
                "visibility": incident.visibility,
            }
        ],
    }
    entered = incidents.add(
        workspace,
        document,
        why=f"update: {addition.kind}",
        incident_id=incident.record_id,
    )
    # The number is given where it is stored: a colleague on one server may have taken the next.
    made = workspace.casebook.get(entered.keys[_OWN])
    number = (made.number if isinstance(made, Update) else None) or 0
    n_closed = entered.n_records - 1 if incident.visibility != "internal" else 0
    is_unaimed = bool(addition.denial_by) and not addition.denial_of
    denied = _acts(workspace, incident) if is_unaimed else ()
    return Appended(
        number=number,
        differing=entered.differing,
        n_closed=n_closed,
        denied_acts=denied if len(denied) > 1 else (),
    )


def _acts(workspace: Workspace, incident: Incident) -> tuple[str, ...]:
    acts = workspace.casebook.referring(incident.record_id, kind="act", field="incident")
    return tuple(act.record_id for act in acts)


def _denial(
    workspace: Workspace, incident: Incident, addition: Addition, said: dict[str, Any]
) -> list[dict[str, Any]]:
    if not addition.denial_by:
        return []
    acts = _acts(workspace, incident)
    only_act = acts[0] if len(acts) == 1 else incident.record_id
    return [
        {
            "about": addition.denial_of or only_act,
            "stance": "denies",
            "statement": addition.note,
            "speaker": {"name": addition.denial_by, "party_kind": "public_body"},
            "connection": "authority",
            "said": said,
        }
    ]


def _source(given: str) -> dict[str, Any]:
    if given.startswith(("https://", "http://")):
        return {"url": given}
    return {"publisher": {"name": given, "party_kind": "outlet"}}


def edit(workspace: Workspace, record_id: str, fields: Mapping[str, Any], *, why: str) -> None:
    """Change fields of one record; the old values stay in the history.

    Raises:
        InputError: No such field, a value that it does not take, or no reason.
    """
    refuse_no_reason(why)
    claimed_fields.check_edit(workspace, workspace.casebook.get(record_id), fields)
    workspace.casebook.update(record_id, fields, why)


def refuse_no_reason(why: str) -> None:
    """Refuse to put a blank where the history says why.

    Raises:
        InvalidValueError: There is no reason.
    """
    if not why.strip():
        raise InvalidValueError("change", "why", "a reason in words", "nothing")


def edit_from_python(
    workspace: Workspace, record_id: str, given: Mapping[str, Any], *, why: str
) -> None:
    """Change fields of one record as a program gives them.

    A day is a ``date`` or what people type; words without a language are in the workspace's.

    Raises:
        InputError: No such field, or a value that it does not take.
    """
    record = workspace.casebook.get(record_id)
    specs = fields_of(type(record))
    fields = forms.plain(given)
    for name, value in fields.items():
        form = specs[name].form if name in specs else ""
        if isinstance(value, str) and form == "localised":
            fields[name] = {**getattr(record, name), workspace.lang: value}
        elif isinstance(value, str) and form == "date":
            fields[name] = quick_entry.typed_date(workspace, value) if value else None
    edit(workspace, record_id, fields, why=why)


def read_assignments(
    workspace: Workspace, record_id: str, given: Sequence[str], *, lang: str
) -> dict[str, Any]:
    """Read ``field=value`` words into values of the record's fields.

    Raises:
        InputError: A word without ``=``, or a field that the record does not have.
    """
    import difflib

    import yaml

    from undersight.errors import UnknownFieldError, UnreadableAssignmentError

    record = workspace.casebook.get(record_id)
    specs = fields_of(type(record))
    read: dict[str, Any] = {}
    for word in given:
        name, equals, text = word.partition("=")
        if not equals:
            raise UnreadableAssignmentError(word)
        spec = specs.get(name)
        if spec is None:
            near = tuple(difflib.get_close_matches(name, specs, n=3))
            raise UnknownFieldError(record.kind, name, near)
        if spec.form == "localised":
            words = {**getattr(record, name), **_by_language(text, lang)}
            read[name] = {tongue: said for tongue, said in words.items() if said.strip()}
        elif spec.form == "date":
            read[name] = quick_entry.typed_date(workspace, text, lang=lang) if text else None
        elif spec.form in ("line", "prose", "term", "ref"):
            read[name] = text
        elif spec.form in ("lines", "terms", "refs"):
            read[name] = [part.strip() for part in text.split(",") if part.strip()]
        else:
            try:
                read[name] = yaml.safe_load(text)
            except yaml.YAMLError as error:
                raise UnreadableAssignmentError(word) from error
    return read


def _by_language(text: str, lang: str) -> dict[str, str]:
    """Read a text, or several by language as ``{en: …, az: …}``: never braces as a headline."""
    import yaml

    if text.startswith("{") and text.endswith("}"):
        with contextlib.suppress(yaml.YAMLError):
            read = yaml.safe_load(text)
            if isinstance(read, dict) and all(isinstance(v, str) for v in read.values()):
                return {str(tongue): said for tongue, said in read.items()}
    return {lang: text}
