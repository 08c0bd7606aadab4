"""One comment sheet, section by section: what can be told is counted, what cannot is said."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.detectors.surroundings import Surroundings
from undersight.engine.tails import wilson_interval
from undersight.i18n import _
from undersight.model import comment_sheet as model
from undersight.model.comment_sheet import LEAST_ACCOUNTS, CommentSheet, Share
from undersight.workbench.masking import mask_accounts
from undersight.workbench.repeated_texts import Families, near_families

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undersight.corpus import Corpus, ImportManifest
    from undersight.corpus.target_counts import TargetCounts
    from undersight.detectors.surroundings import AccountFacts
    from undersight.workbench.masking import Masks
    from undersight.workbench.repeated_texts import Family

_MOST_VARIANTS, _MOST_LETTERS = 3, 200
_MOST_OTHERS, _MOST_CATEGORIES = 10, 10
_MOST_COMPARED = 20_000
_SAMPLED = frozenset({"top-comments", "row-cap", "date-filter"})
_PUBLIC = frozenset({"page", "group", "channel"})

NO_KINDS = _("The file does not say whether an account is a page or a profile.")
NO_ACCOUNTS = _("The file does not say who commented.")
NO_LIKES = _("The file does not say how many likes a comment has.")
NO_TIMES = _("The comments have no times, or times of a day only.")
NO_EARLIER = _("No earlier comments under this target are loaded.")
NO_OTHERS = _("Nothing else is loaded that these accounts could have commented on.")
NO_PAGES = _("No page is known among the commenters.")
NO_CATEGORIES = _("The file does not give the categories of pages.")
NO_CREATION = _("The file does not say when pages were made.")
NO_TEXTS = _("The comments have no texts long enough to compare.")
TOO_MANY_TEXTS = _("There are too many texts to compare nearly equal ones.")
TOO_FEW_ACCOUNTS = _("Fewer than five accounts commented.")
NO_OTHER_HOURS = _("No comments with times under this target's other posts are loaded.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sheet is counted from.

    Args:
        corpus: Holds the imports.
        counts: Counts the comments of the place.
        page_names: Names of pages that may be named, by account.
    """

    corpus: Corpus
    counts: TargetCounts
    page_names: Mapping[str, str]


class SheetCounting:
    """Fills one sheet.

    Args:
        facts: What it is counted from.
        n_top: How many comments are the top, by likes.
    """

    def __init__(self, facts: Facts, n_top: int) -> None:
        self.facts, self.counts = facts, facts.counts
        self.totals = self.counts.totals()
        self.n_top = min(n_top, self.totals["n_with_likes"])
        self.posted_us, self.n_shown = self.counts.post()
        digests = self.counts.import_digests()
        self.imports = [one for one in facts.corpus.imports() if one.import_digest in digests]
        codes = {note.code for one in self.imports for note in one.notes}
        is_short = (self.n_shown or 0) > self.totals["n_comments"]
        self.is_sample = bool(codes & _SAMPLED) or is_short
        self.cannot_tell: dict[str, str] = {}
        shared, by_places = self._elsewhere()
        self.shared, self.by_places = shared, by_places
        self.masks, self.account_facts = self._masks()

    def sheet(self) -> CommentSheet:
        """Return everything counted."""
        place, totals = self.counts.place, dict(self.totals)
        totals.pop("n_with_likes")
        hours, other_hours = self._hours()
        categories, months = self._pages()
        return CommentSheet(
            kind=place.kind,
            target=self._label(place.target_id) if place.target_id else "",
            target_name=self.facts.page_names.get(place.target_id, ""),
            reference=self._reference(),
            posted_us=self.posted_us,
            corpus_digest=self.facts.corpus.digest(),
            **totals,
            n_shown=self.n_shown,
            is_sample=self.is_sample,
            n_top=self.n_top,
            kinds=self._kinds(),
            newcomers=self._newcomers(),
            categories=categories,
            created_months=months,
            texts=self._texts(),
            hours=hours,
            other_hours=other_hours,
            elsewhere=self.by_places,
            others=tuple(self._other(*one) for one in self.shared),
            cannot_tell=dict(sorted(self.cannot_tell.items())),
            notes=tuple(sorted({note.sentence for one in self.imports for note in one.notes})),
            reconciled=_reconciled(self.imports),
        )

    def _masks(self) -> tuple[Masks, Mapping[str, AccountFacts]]:
        ids = sorted({place for place, _n in self.shared} | {self.counts.place.target_id} - {""})
        facts = Surroundings(self.counts.connection).accounts(ids)
        masks = mask_accounts(self.facts.corpus.digest(), ids, facts)
        return masks, facts

    def _label(self, account_id: str) -> str:
        """A label; what is not known to be a page is not called a person's profile either."""
        if self.account_facts[account_id].kind in _PUBLIC:
            return self.masks.label(account_id)
        number = self.masks.labels[account_id][1]
        return _("target {number}").format(number=number)

    def _place_label(self, place: str) -> str:
        """A page's label; where comments name no page, posts are numbered."""
        if self.counts.place.target_id:
            return self._label(place)
        number = [one for one, _n in self.shared].index(place) + 1
        return _("post {number}").format(number=number)

    def _reference(self) -> str:
        """The post's id, where it stands under something public."""
        place = self.counts.place
        kind = self.account_facts[place.target_id].kind if place.target_id else ""
        return place.post_id if kind in _PUBLIC else ""

    def _kinds(self) -> tuple[model.KindLine, ...]:
        rows = self.counts.kinds(self.n_top)
        n_all = self.totals["n_comments"]
        if not self.n_top:
            self.cannot_tell["top"] = NO_LIKES
        known = {kind for kind, *_rest in rows} - {"owner"}
        if known == {"untold"}:
            self.cannot_tell["kinds"] = NO_ACCOUNTS
        elif known <= {"unknown", "untold"}:
            self.cannot_tell["kinds"] = NO_KINDS
        return tuple(
            model.KindLine(
                kind=kind,
                comments=self._share(n, n_all),
                # The top comments are all there is of them: no sample.
                top=Share(n=n_in_top, of=self.n_top) if self.n_top else None,
                n_accounts=n_accounts,
            )
            for kind, n, n_in_top, n_accounts in rows
        )

    def _newcomers(self) -> model.Newcomers | None:
        place = self.counts.place
        start_us = self.posted_us if self.posted_us is not None else self.totals["first_us"]
        if 0 < self.totals["n_accounts"] < LEAST_ACCOUNTS:
            self.cannot_tell["newcomers"] = TOO_FEW_ACCOUNTS
            return None
        if place.kind != "post" or not place.target_id or start_us is None:
            self.cannot_tell["newcomers"] = NO_EARLIER
            return None
        n_seen, n_never_here, n_posts = self.counts.before(start_us)
        if not n_posts:
            self.cannot_tell["newcomers"] = NO_EARLIER
            return None
        return model.Newcomers(
            never_here=self._share(n_never_here, n_seen),
            n_not_seen=self.totals["n_accounts"] - n_seen,
            n_earlier_posts=n_posts,
        )

    def _pages(self) -> tuple[tuple[model.Named, ...], tuple[model.Named, ...]]:
        pages = self.counts.pages()
        if not pages:
            self.cannot_tell["categories"] = self.cannot_tell["created"] = NO_PAGES
            return (), ()
        categories = Counter(category for category, _created in pages if category)
        months = Counter(_month(created) for _category, created in pages if created is not None)
        if not categories:
            self.cannot_tell["categories"] = NO_CATEGORIES
        if not months:
            self.cannot_tell["created"] = NO_CREATION
        listed = sorted(categories.items(), key=lambda one: (-one[1], one[0]))[:_MOST_CATEGORIES]
        return _named(listed), _named(sorted(months.items()))

    def _texts(self) -> model.Texts | None:
        rows = self.counts.texts()
        if not rows:
            self.cannot_tell["texts"] = NO_TEXTS
            return None
        exact = Families({key: key for key, _account, _n in rows}, rows)
        keys = sorted({key for key, _account, _n in rows})
        near = None
        if len(keys) <= _MOST_COMPARED:
            near = Families(near_families(keys), rows)
        else:
            self.cannot_tell["near"] = TOO_MANY_TEXTS
        return model.Texts(
            exact=self._share(exact.n_repeated, exact.n_all),
            near=self._share(near.n_repeated, near.n_all) if near else None,
            wordings=self._wordings((near or exact).largest()),
        )

    def _wordings(self, families: Sequence[Family]) -> tuple[model.Wording, ...]:
        shown = {family.name: family.keys[:_MOST_VARIANTS] for family in families}
        said = self.counts.said(sorted({key for keys in shown.values() for key in keys}))
        names = self.counts.names_in("\n".join(said.values()))
        return tuple(
            model.Wording(
                variants=tuple(self._masked(said[key], names) for key in shown[family.name]),
                n_wordings=len(family.keys),
                n_comments=family.n_comments,
                n_accounts=family.n_accounts,
            )
            for family in families
        )

    def _masked(self, text: str, names: Mapping[str, str]) -> str:
        """The text without names and handles."""
        masked = type(self.masks)(labels={}, kinds={}, names=names).text(text)
        return masked if len(masked) <= _MOST_LETTERS else masked[: _MOST_LETTERS - 1] + "…"

    def _hours(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        hours = self.counts.hours(LEAST_ACCOUNTS)
        if not hours:
            is_few = 0 < self.totals["n_accounts"] < LEAST_ACCOUNTS
            self.cannot_tell["hours"] = TOO_FEW_ACCOUNTS if is_few else NO_TIMES
            return (), ()
        others = self.counts.other_hours(LEAST_ACCOUNTS) if self.counts.place.target_id else ()
        if not others:
            self.cannot_tell["other_hours"] = NO_OTHER_HOURS
        return hours, others

    def _elsewhere(self) -> tuple[list[tuple[str, int]], tuple[model.Named, ...]]:
        if self.counts.place.kind == "file":
            self.cannot_tell["elsewhere"] = NO_OTHERS
            return [], ()
        if self.totals["n_accounts"] < LEAST_ACCOUNTS:
            self.cannot_tell["elsewhere"] = TOO_FEW_ACCOUNTS
            return [], ()
        shared, by_number = self.counts.elsewhere(LEAST_ACCOUNTS, _MOST_OTHERS)
        if set(by_number) <= {0}:
            self.cannot_tell["elsewhere"] = NO_OTHERS
            return [], ()
        steps: Counter[str] = Counter()
        for n_places, n_accounts in by_number.items():
            steps[_step(n_places)] += n_accounts
        return shared, _named((name, steps[name]) for name in ("0", "1", "2-4", "5+"))

    def _other(self, place: str, n_accounts: int) -> model.OtherTarget:
        return model.OtherTarget(
            label=self._place_label(place),
            name=self.facts.page_names.get(place, ""),
            accounts=self._share(n_accounts, self.totals["n_accounts"]),
        )

    def _share(self, n: int, of: int) -> Share:
        """So many of so many; with an interval where not all comments are there."""
        if not self.is_sample or not of:
            return Share(n=n, of=of)
        low, high = wilson_interval(n, of)
        return Share(n=n, of=of, low=round(float(low), 6), high=round(float(high), 6))


def _named(counted: Iterable[tuple[str, int]]) -> tuple[model.Named, ...]:
    return tuple(model.Named(name=name, n=n) for name, n in counted)


def _step(n_places: int) -> str:
    if n_places < 2:
        return str(n_places)
    return "2-4" if n_places < 5 else "5+"


def _month(us: int) -> str:
    """The month of a time; years alone where the calendar ends."""
    try:
        moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=us)
    except OverflowError:
        return "?"
    return f"{moment.year:04d}-{moment.month:02d}"


def _reconciled(imports: Sequence[ImportManifest]) -> dict[str, int]:
    return {
        "read": sum(one.n_read for one in imports),
        "records": sum(one.n_records for one in imports),
        "duplicates": sum(one.n_duplicates for one in imports),
        "rejected": sum(one.n_rejected for one in imports),
    }
