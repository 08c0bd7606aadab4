"""The sentences of a run's report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.i18n import _, translator
from undersight.presentation.phrases import capitalised, in_figures, in_thousands, lasting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.model.run_picture import RunPicture

_OUTCOMES = {
    "explains": _("Fits"),
    "does-not-explain": _("Does not fit"),
    "cannot-tell": _("Cannot tell"),
}
_LOOKS = {
    "looked": _("done"),
    "not-enough-data": _("not enough data"),
    "too-many-pairs": _("given up: too many pairs"),
    "too-many-rows": _("refused: more rows than the memory holds"),
    "window-below-resolution": _("refused: times coarser than the window"),
}
_JUDGED = {
    "stands": _("stands"),
    "innocent": _("innocent"),
    "does_not_stand": _("does not stand"),
    "unclear": _("unclear"),
}
LIMITS = (
    _("Who is behind an account, who pays for it, or whether it is a real person."),
    _("That anybody was told to act: people who care about the same thing come together too."),
    _("That harm was done, or that the accounts break a platform's rules."),
    _("That nothing else was coordinated: what is found no more often than chance stays unseen."),
    _("Anything about posts that were deleted, hidden or never loaded."),
)


class RunWords:
    """Says what a run found.

    Args:
        picture: The run, masked.
        lang: Language of the sentences.

    Raises:
        UnknownLanguageError: No interface in the language.
    """

    def __init__(self, picture: RunPicture, lang: str) -> None:
        self.picture = picture
        self._translator, self._lang = translator(lang), lang
        self.t = self._translator.gettext

    @property
    def title(self) -> str:
        """How much was found."""
        n = len(self.picture.shown["findings"])
        if not n:
            outcomes = {one["outcome"] for one in self.picture.looks}
            if "looked" in outcomes:
                return self.t("No group was found")
            is_large = not outcomes.isdisjoint({"too-many-pairs", "too-many-rows"})
            return self.t("Nothing could be told") if is_large else self.t("Not enough data")
        said = self._translator.ngettext("{n} group that acts together",
                                         "{n} groups that act together", n)  # fmt: skip
        return said.format(n=n)

    def lead(self) -> str:
        """Return what was done and found, in plain words."""
        shown = self.picture.shown
        n_blind = self._n_without_data()
        ways = self.ngettext("{n} way", "{n} ways", shown["n_looks"])
        if not shown["findings"] and n_blind == shown["n_looks"]:
            return self.t(
                "The posts were to be looked at in {ways}, and none could tell anything: the "
                "counts below say why. This does not mean that nobody acted together."
            ).format(ways=ways)
        if not shown["findings"]:
            said = self.t(
                "The posts were looked at in {ways}. Nowhere did five or more accounts act on the "
                "same things, close in time, more often than chance explains."
            ).format(ways=ways)
            return f"{said} {self._without_data(n_blind)}".rstrip()
        return self.t(
            "The posts were looked at in {ways}. {n_accounts} accounts, in groups of five or "
            "more, acted on the same things more often than chance explains; {n_posts} of their "
            "posts show it."
        ).format(
            ways=ways,
            n_accounts=shown["counts"].get("n_accounts", 0),
            n_posts=shown["counts"].get("n_posts", 0),
        )

    def runs(self) -> str:
        """Return how often this corpus has been looked at."""
        return self.t(
            "This was run {n} of {n_runs} that this corpus has had. Each further run is a further "
            "chance to find something by accident; the chance of one false group is held within "
            "one run."
        ).format(n=self.picture.shown["n_earlier_runs"] + 1, n_runs=self.picture.n_runs)

    def method(self) -> str:
        """Return the method as a paragraph to copy."""
        parts = [self._looked(), self._tested(), self._held(), self._where()]
        return " ".join(parts)

    def group(self, number: int) -> str:
        """Return what a group is called on the page."""
        return self.t("Group {number}").format(number=number)

    def outcome(self, outcome: str) -> str:
        """Return what came of an innocent explanation."""
        return self.t(_OUTCOMES[outcome])

    def looked(self, outcome: str) -> str:
        """Return what came of one look."""
        return self.t(_LOOKS[outcome])

    def judged(self, verdict: str) -> str:
        """Return what a person made of a finding."""
        return self.t(_JUDGED.get(verdict, verdict))

    def limits(self) -> list[str]:
        """Return what a report cannot say."""
        return [self.t(one) for one in LIMITS]

    def blind_spots(self) -> list[tuple[str, list[str]]]:
        """Return what detectors that looked cannot see: their names, and sentences told once.

        Also where nothing was found: that is when a reader most needs to know.
        """
        looked = {look["detector"] for look in self.picture.looks if look["outcome"] == "looked"}
        whose: dict[str, list[str]] = {}
        for one in sorted(self.picture.detectors, key=lambda one: str(one["detector"])):
            if one["detector"] in looked:
                for spot in dict.fromkeys(one["blind_spots"]):
                    whose.setdefault(spot, []).append(one["detector"])
        together: dict[str, list[str]] = {}
        for spot, detectors in whose.items():
            together.setdefault(", ".join(dict.fromkeys(detectors)), []).append(spot)
        return sorted(together.items(), key=lambda one: (-one[0].count(","), one[0]))

    def effect(self, finding: Mapping[str, Any]) -> str:
        """Return how far from chance, and how sure."""
        effect = finding["effect"]
        value = self._short(effect["value"])
        said = self.t("{value} times what chance explains").format(value=value)
        if effect["low"] is not None:
            low, high = self._short(effect["low"]), self._short(effect["high"])
            between = self.t("(95 % interval {low} to {high})").format(low=low, high=high)
            said = f"{said} {between}"
        return capitalised(said, self._lang)

    def chance(self, finding: Mapping[str, Any]) -> str:
        """Return the chance of such a group by accident."""
        return self.t(
            "Chance of such a group by accident: {p} in this look, {q} over all looks of the run."
        ).format(p=self._short(finding["p"]), q=self._short(finding["q"]))

    def sizes(self, finding: Mapping[str, Any]) -> str:
        """Return a group's numbers."""
        n = finding["n"]
        return self.t("{accounts}, {objects}, {posts} on {days}; within {window}").format(
            accounts=self.ngettext("{n} account", "{n} accounts", n["accounts"]),
            objects=self.ngettext("{n} object", "{n} objects", n["objects"]),
            posts=self.ngettext("{n} post", "{n} posts", n["posts"]),
            days=self.ngettext("{n} day", "{n} days", n["days"]),
            window=self.lasting(finding["window_s"]),
        )

    def lasting(self, seconds: float) -> str:
        """Return a span in words: an hour, not 3600 s."""
        return lasting(seconds, self._lang)

    def apart(self, pair: Mapping[str, Any]) -> str:
        """Return how far apart two posts are, as finely as the file says, and on what."""
        said = self.t("{delta_s} s apart on {object}")
        if not pair["delta_s"]:
            day, minute, second = (
                self.t("on the same day, on {object}"),
                self.t("in the same minute, on {object}"),
                self.t("in the same second, on {object}"),
            )
            said = {0: day, 1: minute}.get(pair["a"]["published"].count(":"), second)
        return said.format(delta_s=self._short(pair["delta_s"]), object=pair["object"])

    def overlap(self, one: Mapping[str, Any], number: int) -> str:
        """Return what a group shares with another."""
        return self.t(
            "{group}: {n_posts} of the same posts, {n_accounts} of the same accounts"
        ).format(group=self.group(number), n_posts=one["n_posts"], n_accounts=one["n_accounts"])

    def number_of(self, finding_id: str) -> int:
        """Return the number of a finding on the page; 0 if it is not on it."""
        ids = [one["finding_id"] for one in self.picture.shown["findings"]]
        return ids.index(finding_id) + 1 if finding_id in ids else 0

    def left_out(self) -> str:
        """Return what is not drawn."""
        return self.t("Not drawn for want of room: {accounts}, {ties}.").format(
            accounts=self.ngettext("{n} account", "{n} accounts", self.picture.n_nodes_left_out),
            ties=self.ngettext("{n} tie", "{n} ties", self.picture.n_ties_left_out),
        )

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return so many of something, the number filled in."""
        return self._translator.ngettext(one, many, n).format(n=n)

    def _n_without_data(self) -> int:
        return sum(one["outcome"] != "looked" for one in self.picture.looks)

    def _without_data(self, n: int) -> str:
        """Say in how many ways nothing could be told, if in any."""
        if not n:
            return ""
        return self.ngettext(
            "In {n} way nothing could be told: the counts below say why.",
            "In {n} ways nothing could be told: the counts below say why.",
            n,
        )

    def _looked(self) -> str:
        listed = ", ".join(f"{one['detector']} {one['version']}" for one in self.picture.detectors)
        windows = sorted({one["window_s"] for one in self.picture.looks})
        return self.t(
            "Actions of different accounts on the same object within {windows} were counted "
            "(detectors {listed})."
        ).format(windows=", ".join(self.lasting(one) for one in windows), listed=listed)

    def _tested(self) -> str:
        return self.t(
            "Each pair of accounts was compared with what chance gives while every object keeps "
            "its popularity and every account its hours: which objects (presence) and when, given "
            "the objects (synchrony). Groups of five or more were tested again with their own "
            "posts left out of the comparison."
        )

    def _held(self) -> str:
        held = sorted({one["parameters"].get("max_family_p") for one in self.picture.detectors
                       if "max_family_p" in one["parameters"]})  # fmt: skip
        return self.t(
            "The chance of one false group in the whole run is held at {held}; the corpus has had "
            "{runs}."
        ).format(
            held="; ".join(self._short(one) for one in held),
            runs=self.ngettext("{n} run", "{n} runs", self.picture.n_runs),
        )

    def _where(self) -> str:
        shown = self.picture.shown
        return self.t("undersight {version}, run {run_id}, corpus {digest}.").format(
            version=self.picture.version,
            run_id=shown["run_id"],
            digest=shown["corpus_digest"][:12],
        )

    def count(self, n: int) -> str:
        """Return a count with its thousands set apart."""
        return in_thousands(n, self._lang)

    def _short(self, number: float) -> str:
        """Three significant digits, as people write numbers; whole ones as they are."""
        written = f"{number:.0f}" if abs(number) >= 1000 else f"{number:.3g}"
        return in_figures(written, self._lang)
