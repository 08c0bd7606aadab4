"""A comment sheet as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.reports.target_sheet.wording import SheetWords

_SECTIONS = ("kinds", "top", "newcomers", "elsewhere", "texts", "near")
_LATER_SECTIONS = ("categories", "created", "hours", "other_hours")
_MOST_LETTERS = 70


def lines(words: SheetWords) -> Iterator[str]:
    """Yield the sheet line by line, the paragraph to quote last; nothing a terminal would obey."""
    for line in _lines(words):
        yield "".join(c if c.isprintable() else " " for c in line)


def _lines(words: SheetWords) -> Iterator[str]:
    sheet, t = words.sheet, words.t
    yield words.title
    if words.subtitle:
        yield f"  {words.subtitle}"
    if not sheet.is_enough:
        yield t("Not enough: with fewer than 20 comments these are counts and nothing more.")
    nt = words.nt
    yield f"  {nt('{n} comment', '{n} comments', sheet.n_comments)}"
    replies = nt("{n} reply among the comments", "{n} replies among the comments", sheet.n_replies)
    yield f"  {replies}"
    accounts = nt(
        "{n} account that can be told apart",
        "{n} accounts that can be told apart",
        sheet.n_accounts,
    )
    yield f"  {accounts}"
    if sheet.n_shown is not None:
        yield f"  {sheet.n_shown} {t('comments that the platform says there are')}"
    yield from _who(words)
    if sheet.newcomers is not None:
        yield f"  {words.newcomers()}"
    yield from _elsewhere(words)
    yield from _texts(words)
    if sheet.categories:
        listed = ", ".join(f"{one.name} {one.n}" for one in sheet.categories)
        yield f"  {t('Pages among the commenters')}: {listed}"
    if sheet.created_months:
        listed = ", ".join(f"{one.name} {one.n}" for one in sheet.created_months)
        yield f"  {t('When these pages were made')}: {listed}"
    yield from _cannot(words, _LATER_SECTIONS)
    noted = t("Note:")
    yield from (f"  {noted} {words.note(note)}" for note in sheet.notes)
    yield f"  {words.missing()}"
    yield f"  {words.reconciled()}"
    yield ""
    yield words.paragraph()


def _who(words: SheetWords) -> Iterator[str]:
    sheet = words.sheet
    for line in sheet.kinds:
        said = f"  {words.kind(line.kind)}: {words.share(line.comments)}"
        if line.top is not None:
            top = words.t("top {n_top}: {share}").format(
                n_top=sheet.n_top, share=words.share(line.top)
            )
            said = f"{said}; {top}"
        yield f"{said}; {words.nt('{n} account', '{n} accounts', line.n_accounts)}"
    yield from _cannot(words, _SECTIONS)


def _elsewhere(words: SheetWords) -> Iterator[str]:
    sheet, t = words.sheet, words.t
    if sheet.elsewhere:
        listed = ", ".join(f"{one.name}: {one.n}" for one in sheet.elsewhere)
        by_number = t("Accounts by number of other targets they comment under")
        yield f"  {by_number}: {listed}"
    for one in sheet.others:
        who = f"{words.label(one.label)} ({one.name})" if one.name else words.label(one.label)
        yield f"    {t('Together under')} {who}: {words.share(one.accounts)}"


def _texts(words: SheetWords) -> Iterator[str]:
    texts = words.sheet.texts
    if texts is None:
        return
    yield f"  {words.texts()}"
    for one in texts.wordings:
        said = " / ".join(_clipped(variant) for variant in one.variants)
        counted = ", ".join(
            (
                words.nt("{n} account", "{n} accounts", one.n_accounts),
                words.nt("{n} comment", "{n} comments", one.n_comments),
                words.nt("{n} wording", "{n} wordings", one.n_wordings),
            )
        )
        yield f"    {counted}: {said}"


def _cannot(words: SheetWords, sections: tuple[str, ...]) -> Iterator[str]:
    """What the data lack, each sentence once."""
    lacking = words.sheet.cannot_tell
    for sentence in dict.fromkeys(lacking[one] for one in sections if one in lacking):
        yield f"  {words.t('Cannot tell:')} {words.t(sentence)}"


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_LETTERS else f"{line[: _MOST_LETTERS - 1]}…"
