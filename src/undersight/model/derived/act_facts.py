"""What counts need of an act, and counts that are brought up to date act by act.

The same numbers as ``counts`` gives for a whole snapshot; but where one act of many changed, only
the months, kinds, places, articles and platforms that it stands under are counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from undersight.model.derived.counts import UNDATED, Tally, without_gaps

BY_MONTH: Final = "months"
ARTICLES: Final = "articles"
CHARTS: Final = (BY_MONTH, "acts", "places", ARTICLES, "platforms")
"""What is counted; all but the first go by the ids of `reports.counted`."""

People = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class ActFact:
    """What counts need of one act.

    Args:
        act_id: The act.
        months: Months in which it can have begun; one empty month where that is not known.
        act_type: Its type.
        place: Where it is counted; empty where unknown.
        provisions: Provisions used.
        platforms: Platforms.
        people: Party, fewest and most people, for everyone acted upon.
        cited_against: The same for a provision that was used against some of them only.
    """

    act_id: str
    months: tuple[str, ...]
    act_type: str
    place: str
    provisions: tuple[str, ...]
    platforms: tuple[str, ...]
    people: People
    cited_against: tuple[tuple[str, People], ...] = ()

    def people_under(self, chart: str, key: str) -> People:
        """Return who counts under one key of a chart."""
        return dict(self.cited_against).get(key, self.people) if chart == ARTICLES else self.people

    def keys(self, chart: str) -> tuple[str, ...]:
        """Return what the act is counted under in one chart."""
        if chart == BY_MONTH:
            return self.months
        if chart == "acts":
            return (self.act_type,)
        if chart == "places":
            return (self.place,)
        return self.provisions if chart == ARTICLES else self.platforms

    def is_certain(self, chart: str) -> bool:
        """Return whether it certainly belongs where it is counted."""
        return chart != BY_MONTH or (len(self.months) == 1 and self.months[0] != UNDATED)


class RunningCounts:
    """Counts of a changing set of acts."""

    def __init__(self) -> None:
        self._facts: dict[str, ActFact] = {}
        self._groups: dict[tuple[str, str], dict[str, None]] = {}
        self._tallies: dict[tuple[str, str], Tally] = {}

    def change(self, act_ids: Iterable[str], facts: Mapping[str, ActFact]) -> None:
        """Take in what some acts are now.

        Args:
            act_ids: Acts that changed.
            facts: What those of them are that stand.
        """
        for act_id in act_ids:
            before, now = self._facts.pop(act_id, None), facts.get(act_id)
            if before is not None:
                self._forget(before)
            if now is not None:
                self._facts[act_id] = now
                self._add(now)

    def tallies(self, chart: str) -> tuple[Tally, ...]:
        """Return the counts of one chart, by key; of months without gaps, the undated last."""
        keys = sorted(key for name, key in self._groups if name == chart)
        if chart == BY_MONTH:
            dated = [key for key in keys if key != UNDATED]
            undated = [UNDATED] if UNDATED in keys else []
            keys = [*without_gaps(dated), *undated]
        return tuple(self._tally(chart, key) for key in keys)

    def _add(self, fact: ActFact) -> None:
        for place in self._places(fact):
            self._groups.setdefault(place, {})[fact.act_id] = None
            self._tallies.pop(place, None)

    def _forget(self, fact: ActFact) -> None:
        for place in self._places(fact):
            self._tallies.pop(place, None)
            self._groups[place].pop(fact.act_id, None)
            if not self._groups[place]:
                del self._groups[place]

    @staticmethod
    def _places(fact: ActFact) -> list[tuple[str, str]]:
        return [(chart, key) for chart in CHARTS for key in dict.fromkeys(fact.keys(chart))]

    def _tally(self, chart: str, key: str) -> Tally:
        known = self._tallies.get((chart, key))
        if known is None:
            facts = [self._facts[act_id] for act_id in sorted(self._groups.get((chart, key), ()))]
            possible = [fact for fact in facts if not fact.is_certain(chart)]
            certain = [fact for fact in facts if fact.is_certain(chart)] if possible else facts
            least, most = _n_people(fact.people_under(chart, key) for fact in facts)
            known = Tally(
                key=key,
                n_min=len(certain),
                n_max=len(facts),
                n_people_min=(
                    _n_people(fact.people_under(chart, key) for fact in certain)[0]
                    if possible
                    else least
                ),
                n_people_max=most,
                certain=tuple(fact.act_id for fact in certain),
                possible=tuple(fact.act_id for fact in possible),
            )
            self._tallies[chart, key] = known
        return known


def _n_people(people_of_acts: Iterable[People]) -> tuple[int, int]:
    """How many people were acted upon at least and at most; nobody counts twice."""
    least: dict[str, int] = {}
    most: dict[str, int] = {}
    for people in people_of_acts:
        for party, low, high in people:
            if low > least.get(party, -1):
                least[party] = low
            if high > most.get(party, -1):
                most[party] = high
    return sum(least.values()), sum(most.values())
