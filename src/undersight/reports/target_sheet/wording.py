"""The sentences of a comment sheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from undersight.i18n import _, translator
from undersight.model.comment_sheet import LEAST_LETTERS
from undersight.presentation.phrases import in_figures
from undersight.presentation.sampling_words import told

if TYPE_CHECKING:
    from undersight.model.comment_sheet import CommentSheet, Share

_KINDS = {
    "page": _("Pages"),
    "group": _("Groups"),
    "channel": _("Channels"),
    "bot": _("Declared bots"),
    "profile": _("Profiles"),
    "unknown": _("Not known"),
    "owner": _("The target itself"),
    "untold": _("No account given"),
}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DAY_US = 86_400_000_000


class SheetWords:
    """Says what a sheet counts.

    Args:
        sheet: What was counted.
        lang: Language of the sentences.

    Raises:
        UnknownLanguageError: No interface in the language.
    """

    def __init__(self, sheet: CommentSheet, lang: str) -> None:
        self._lang = lang
        self.sheet = sheet
        self.t = translator(lang).gettext
        self._ngettext = translator(lang).ngettext

    @property
    def title(self) -> str:
        """What the sheet is about."""
        titles = {
            "post": self.t("Comments under one post"),
            "page": self.t("Comments under one page"),
            "file": self.t("Comments of one file"),
        }
        return titles[self.sheet.kind]

    @property
    def subtitle(self) -> str:
        """Where the post stands, its id and its time, as far as they may be told."""
        sheet = self.sheet
        parts = [self.label(sheet.target)]
        if sheet.target_name:
            parts.append(sheet.target_name)
        if sheet.reference:
            parts.append(sheet.reference)
        if sheet.posted_us is not None:
            parts.append(self.t("posted {time}").format(time=moment(sheet.posted_us)))
        return " · ".join(part for part in parts if part)

    def label(self, label: str) -> str:
        """Return a masked label such as “page 3” in the reader's language."""
        word, _blank, number = label.rpartition(" ")
        return self.t(f"{word} {{number}}").format(number=number) if word else label

    def kind(self, kind: str) -> str:
        """Return what a kind of account is called."""
        return self.t(_KINDS.get(kind, _KINDS["unknown"]))

    def nt(self, one: str, many: str, n: int) -> str:
        """Return a number with its word.

        Args:
            one: The word's form for one, with ``{n}``.
            many: For several.
            n: How many.
        """
        return self._ngettext(one, many, n).format(n=n)

    def note(self, sentence: str) -> str:
        """Return what a reader must know of a file; what is none of ours stays as it is."""
        return told(sentence, self._lang)

    def share(self, one: Share) -> str:
        """Return a share as “31 of 300 (10.3 %)”, with its interval where it has one."""
        if not one.of:
            return self.t("{n} of {of}").format(n=one.n, of=one.of)
        percent = self._percent(one.n / one.of)
        if one.low is None or one.high is None:
            words = self.t("{n} of {of} ({percent} %)")
            return words.format(n=one.n, of=one.of, percent=percent)
        words = self.t("{n} of {of} ({percent} %; interval {low} to {high} %)")
        low, high = self._percent(one.low), self._percent(one.high)
        return words.format(n=one.n, of=one.of, percent=percent, low=low, high=high)

    def _percent(self, share: float) -> str:
        return in_figures(f"{100 * share:.1f}".removesuffix(".0"), self._lang)

    def newcomers(self) -> str:
        """Return who was known before."""
        new = self.sheet.newcomers
        if new is None:
            return ""
        return self.t(
            "Of the commenters that were seen in the corpus before, {share} had never been seen "
            "under this target's {n_posts} earlier posts. {n_not_seen} commenters were not seen "
            "before at all."
        ).format(
            share=self.share(new.never_here),
            n_posts=new.n_earlier_posts,
            n_not_seen=new.n_not_seen,
        )

    def texts(self) -> str:
        """Return how much is repeated."""
        texts = self.sheet.texts
        if texts is None:
            return ""
        said = self.t("Word for word what another account wrote: {share} comments.").format(
            share=self.share(texts.exact)
        )
        if texts.near is not None:
            near = self.t("Nearly so, small differences allowed: {share} comments.")
            said = f"{said} {near.format(share=self.share(texts.near))}"
        if texts.exact.of < self.sheet.n_comments:
            short = self.t(
                "Not compared: comments of fewer than {n} letters, of no account, or of the "
                "target."
            )
            said = f"{said} {short.format(n=LEAST_LETTERS)}"
        return said

    def missing(self) -> str:
        """Return how many comments lack an account or a time."""
        return self.t("{n_account} comments name no account, {n_time} have no time.").format(
            n_account=self.sheet.n_without_account, n_time=self.sheet.n_without_time
        )

    def sampled(self) -> str:
        """Return what the intervals mean where not all comments are there."""
        return self.t(
            "Not all comments are here. The intervals (95 %) say how far chance alone could "
            "carry a share if these were drawn at random; “top comments” are not drawn at random."
        )

    def reconciled(self) -> str:
        """Return the counts of the imports behind: they add up."""
        return self.t(
            "Of the files behind: {read} records read = {records} kept + {duplicates} duplicates "
            "+ {rejected} that could not be read."
        ).format(**{"read": 0, "records": 0, "duplicates": 0, "rejected": 0}
                 | self.sheet.reconciled)  # fmt: skip

    def paragraph(self) -> str:
        """Return the whole as one paragraph to quote."""
        parts = [self._opening(), self._pages(), self._new(), self._repeats(), self._doubt()]
        return " ".join(part for part in parts if part)

    def _opening(self) -> str:
        sheet = self.sheet
        said = self.t("{title}: {n_comments} comments by {n_accounts} accounts were counted.")
        said = said.format(
            title=self.title, n_comments=sheet.n_comments, n_accounts=sheet.n_accounts
        )
        if sheet.first_us is None or sheet.last_us is None:
            return said
        span = self.t("They were written from {first} to {last}.")
        times = (moment(us, sheet.resolution_us) for us in (sheet.first_us, sheet.last_us))
        span = span.format(first=next(times), last=next(times))
        return f"{said} {span}"

    def _pages(self) -> str:
        if "kinds" in self.sheet.cannot_tell:
            return self.t("Whether an account is a page or a profile cannot be told.")
        line = self.sheet.line("page")
        if line is None:
            return self.t("No page is known among the commenters.")
        said = self.t("{share} comments came from {n} pages.").format(
            share=self.share(line.comments), n=line.n_accounts
        )
        if line.top is None:
            return said
        top = self.t("Among the comments with the most likes it was {share}.")
        return f"{said} {top.format(share=self.share(line.top))}"

    def _new(self) -> str:
        new = self.sheet.newcomers
        if new is None or not new.never_here.of:
            return ""
        return self.t(
            "Of the commenters seen elsewhere before, {share} were new to this target."
        ).format(share=self.share(new.never_here))

    def _repeats(self) -> str:
        texts = self.sheet.texts
        one = None if texts is None else texts.near or texts.exact
        if one is None or not one.of:
            return ""
        if one.of == self.sheet.n_comments:
            return self.t(
                "{share} comments say the same, or nearly, as a comment of another account."
            ).format(share=self.share(one))
        return self.t(
            "{share} comments of at least {n} letters say the same, or nearly, as a comment of "
            "another account."
        ).format(share=self.share(one), n=LEAST_LETTERS)

    def _doubt(self) -> str:
        parts = []
        if not self.sheet.is_enough:
            parts.append(self.t("That is too little to say more."))
        if self.sheet.is_sample:
            parts.append(self.t("Not all comments were at hand."))
        parts.append(self.t("These are counts; they do not say who is behind an account."))
        return " ".join(parts)


def moment(us: int, resolution_us: int | None = None) -> str:
    """Return a time in UTC to the minute; microseconds where the calendar ends.

    Args:
        us: µs since 1970 UTC.
        resolution_us: How exact it is known, µs; what is known to the day has no hour.
    """
    try:
        when = _EPOCH + dt.timedelta(microseconds=us)
    except OverflowError:
        return f"{us} µs"
    is_day = (resolution_us or 0) >= _DAY_US
    return f"{when:%Y-%m-%d}" if is_day else f"{when:%Y-%m-%d %H:%M} UTC"
