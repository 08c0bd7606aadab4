"""``undersight incident add``: five fields, a form, a file, or a walk through a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console
from undersight.cli.legible import legible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.model.draft import DraftEntry, DraftField
    from undersight.workbench.drafting import ConfirmedEntry
    from undersight.workbench.drafts import Proposal
    from undersight.workbench.parties import Namesake
    from undersight.workbench.session import Workspace


@click.command("add")
@click.option("--who", multiple=True, help="Name of the person or outlet acted upon.")
@click.option("--what", help="What was done: an act's id or words (see docs, vocabularies).")
@click.option("--when", help="2031-05-02, 2031-05, 2031-05~, or words: “2 May 2031”, “yesterday”.")
@click.option("--source", "sources", multiple=True, help="Outlet, address or title of a source.")
@click.option("--line", help="What happened, in one line.")
@click.option("--lang", help="Language of your words.")
@click.option("--yaml", "form", type=click.Path(path_type=Path, allow_dash=True),
              help="Take the whole entry from a YAML file (- for standard input).")  # fmt: skip
@click.option("--edit", is_flag=True, help="Open a form in your editor.")
@click.option("--from-draft", "draft_file", type=click.Path(path_type=Path, allow_dash=True),
              help="Walk through what is proposed from a text.")  # fmt: skip
@click.option("--context-date", type=console.Day(),
              help="With --from-draft: the day the text was published.")  # fmt: skip
@click.option("--accept-all", is_flag=True,
              help="With --from-draft: accept all fields unseen; for invented texts.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> None:
    r"""Record an entry.

    Without options it asks five questions. New entries are internal until you publish them.

    \b
    Examples:
      undersight incident add --who "Tarvin Oskelde" --what questioning \\
          --when 2031-05-02 --source "Sarnak Press" --line "Questioned over a post"
      undersight incident add --from-draft log.txt --context-date 2031-12-05
    """
    workspace = console.open_workspace(ctx, verb="incident add")
    if given["draft_file"] is not None:
        entered = _from_draft(workspace, given)
    elif given["form"] is not None:
        entered = [_store(workspace, console.read_yaml(given["form"]), "entered from a file")]
    elif given["edit"]:
        entered = [_edited(workspace)]
    else:
        entered = [_store(workspace, _quick(workspace, given), "quick entry")]
    console.emit(
        [one for one in entered if one],
        as_json=given["as_json"],
        words=lambda all_: (
            "\n".join(
                f"Recorded {one['id']} ({console.counted(one['n_records'], 'record')})"
                for one in all_
            )
            or "Nothing was recorded."
        ),
    )


def _store(workspace: Workspace, document: dict[str, Any], why: str) -> dict[str, Any]:
    from undersight.workbench import incidents

    entered = incidents.add(workspace, document, why=why, choose=choose_party)
    console.tell_differing(entered.differing)
    return {"id": entered.incident_id, "n_records": entered.n_records}


def choose_party(name: str, namesakes: tuple[Namesake, ...]) -> str:
    """Ask which recorded party a name means; nobody to ask, the person is entered as new."""
    if not console.is_interactive():
        click.echo(
            f"{name} is recorded already; entered as somebody new, since one name may be two "
            "people. If it is one: undersight party candidates",
            err=True,
        )
        return ""
    click.echo(legible(f"Already recorded under the name {name}:"), err=True)
    for n, sake in enumerate(namesakes, 1):
        click.echo(legible(f"  {n}  {sake.label}  ({sake.party_id})"), err=True)
    answer = click.prompt(
        "Is it one of them? Number, or 0 for somebody else",
        type=click.IntRange(0, len(namesakes)),
        err=True,
    )
    return namesakes[answer - 1].party_id if answer else ""


def _quick(workspace: Workspace, given: dict[str, Any]) -> dict[str, Any]:
    from undersight.workbench import quick_entry

    lang = given["lang"] or workspace.lang

    def day(words: str) -> object:
        return quick_entry.read_date(words, lang=lang, today=workspace.today)

    answers = quick_entry.Answers(
        who=given["who"] or _ask("Who was acted upon? (empty: nobody in particular)", "--who", ""),
        what=given["what"] or _ask_until("What was done?", "--what", quick_entry.act_type),
        when=given["when"] or _ask_until("When?", "--when", day),
        sources=given["sources"] or _ask("Source (outlet, address)?", "--source", ""),
        line=given["line"] or _ask("In one line", "--line"),
        lang=lang,
    )
    return quick_entry.document(answers, today=workspace.today)


def _ask(question: str, option: str, default: str | None = None) -> Any:
    from undersight.errors import AnswerNeededError

    if not console.is_interactive():
        if default is not None:
            return ()
        raise AnswerNeededError(f"an answer to “{question}”", f"{option} VALUE")
    answer = click.prompt(question, default=default, show_default=False, err=True)
    return (answer,) if default is not None and answer else answer or ()


def _ask_until(question: str, option: str, read: Callable[[str], object]) -> str:
    """Ask until the answer can be read: five answers are not lost by a slip in the second."""
    from undersight.errors import InputError, NotFoundError

    while True:
        answer = str(_ask(question, option))
        try:
            read(answer)
        except (InputError, NotFoundError) as error:
            click.echo(legible(f"{error.sentence} {error.hint}"), err=True)
        else:
            return answer


def _edited(workspace: Workspace) -> dict[str, Any]:
    from undersight.workbench import forms

    return console.edit_yaml(
        forms.empty_form(workspace.lang),
        lambda document: _store(workspace, document, "entered by form"),
        is_plain=workspace.keyring.is_plain,
    )


def _from_draft(workspace: Workspace, given: dict[str, Any]) -> list[dict[str, Any]]:
    from undersight.errors import AnswerNeededError
    from undersight.workbench import drafts

    if not given["accept_all"] and not console.is_interactive():
        raise AnswerNeededError(
            "a person to look at each field", "--accept-all (for invented texts only)"
        )
    raw = console.read_bytes(given["draft_file"])
    context = given["context_date"]
    proposal = drafts.propose(
        raw,
        name=str(given["draft_file"]),
        context_date=context.date() if context else None,
        lang=given["lang"],
        gazetteer=drafts.load_gazetteer(workspace),
    )
    return walk_entries(workspace, proposal, is_accepted_unseen=given["accept_all"]) or []


def walk_entries(
    workspace: Workspace,
    proposal: Proposal,
    *,
    is_accepted_unseen: bool = False,
    origin: str = "",
) -> list[dict[str, Any]] | None:
    """Take a person through every entry of a draft and store what is accepted.

    Returns:
        What was stored; None where the person stopped before the end.
    """
    from undersight.workbench import drafts, incidents

    digest = incidents.seal_text(workspace, proposal.text, reason="text that entries come from")
    stored: list[dict[str, Any]] = []
    passage = ""

    def keep(document: dict[str, Any]) -> dict[str, Any]:
        document["evidence"] = [digest]
        document["origin"] = passage
        if origin:
            document["origin_locator"] = origin
        if proposal.source and not document.get("sources"):
            document["sources"] = [proposal.source]
        return _store(workspace, document, "confirmed from a draft")

    for number, entry in enumerate(proposal.draft.entries, 1):
        position = f"{number} of {len(proposal.draft.entries)}"
        passage = drafts.passage_digest(proposal.text, entry)
        if known := drafts.recorded_as(workspace, passage):
            told = f"Entry {position} is recorded already as {known}; it was left out."
            click.echo(told, err=True)
            continue
        kept = (
            keep(_confirmed(proposal, entry, dict(enumerate(entry.fields))).document)
            if is_accepted_unseen
            else _walked(workspace, proposal, entry, position, keep)
        )
        if kept is None:
            return stored or None
        if kept:
            stored.append(kept)
    return stored


def _confirmed(
    proposal: Proposal, entry: DraftEntry, kept: Mapping[int, DraftField]
) -> ConfirmedEntry:
    """Return the entry document of the fields that were kept."""
    from undersight.workbench.drafting import confirmed_entry

    return confirmed_entry(
        proposal.text,
        entry,
        kept,
        lang=proposal.lang,
        links=proposal.links,
        context_date=proposal.context_date,
    )


def _walked(
    workspace: Workspace,
    proposal: Proposal,
    entry: DraftEntry,
    position: str,
    keep: Callable[[dict[str, Any]], dict[str, Any]],
) -> dict[str, Any] | None:
    """Return what was stored of a walked entry, {} for a skipped one, None to stop."""
    from rich.console import Console

    from undersight.cli.walk import Walk
    from undersight.workbench import drafts

    outcome, state = Walk(proposal.text, entry, position, Console(stderr=True)).run()
    if outcome == "quit":
        return None
    if outcome == "skip":
        return {}
    kept = state.kept()
    confirmed = _confirmed(proposal, entry, kept)
    drafts.learn(workspace, kept.values())
    if outcome == "edit":
        form = console.yaml_text(confirmed.document)
        return console.edit_yaml(form, keep, is_plain=workspace.keyring.is_plain)
    for loose in confirmed.unplaced:
        words = proposal.text[loose.start : loose.end]
        said = f"  in the remark, tied to no act: {loose.kind} “{words}”"
        click.echo(legible(said), err=True)
    return keep(confirmed.document)
