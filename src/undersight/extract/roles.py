"""Roles: who was acted upon, who speaks for an office, who defends, complains, tells.

A role belongs to a person (or outlet, or organisation) in one entry, not to a mention: whoever is
the victim of some act is the victim throughout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from undersight.extract.acts import side_of
from undersight.extract.engine import Candidate, Passage, Refiner, Span, moved
from undersight.extract.lone_people import lone
from undersight.extract.role_words import (
    AT_BODIES,
    BARRED,
    BEARERS,
    BY_OUTLETS,
    COMPLAINED,
    DOES,
    OF_COURTS,
    PLATFORMS,
    PRESSING,
    RoleWords,
)
from undersight.extract.told_roles import PARTS, Teller, Told

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEAR = 90
_BESIDE = 28
_AWAY = 60
_SAID_BY = re.compile(  # "said the sister of A"
    r"\b(?:according to|said|told|по словам|сказал\w*|рассказал\w*|сообщил\w*|заявил\w*)"
    r" (?:[^\s.,;]+ ){0,6}$"
)
_LINK = re.compile(
    r"(?: \([^()\n]{1,40}\))?(?:,|(?P<last>,? (?:and|и|və|ve))) (?:[^\W\d_][\w-]* )?"
)
_APPOSED = re.compile(r",[^,.;]{2,50}(?=,)")
_SUBJECT_FIRST = ("en", "ru")  # languages in which who complains stands before the verb
_CLOSING = re.compile(r"\w, (?:the )?(?:\w+ )?$")


def refiner(words: RoleWords) -> Refiner:
    """Return the refiner that gives names their roles and ties victims to acts."""
    casting = _Casting.of(words)

    def refine(passage: Passage, found: list[Candidate]) -> list[Candidate]:
        return casting.cast(passage, found)

    return refine


@dataclass(frozen=True, slots=True, kw_only=True)
class _Casting:
    words: RoleWords
    teller: Teller
    speaks_before: re.Pattern[str]
    speaks_after: re.Pattern[str]
    source_before: re.Pattern[str]
    source_after: re.Pattern[str]
    joined: re.Pattern[str]
    barrier: re.Pattern[str]
    pronoun: re.Pattern[str]
    doer: re.Pattern[str]
    thing: re.Pattern[str]

    @classmethod
    def of(cls, words: RoleWords) -> _Casting:
        """Compile a language's tables."""
        return cls(
            words=words,
            teller=Teller.of(words.before, words.after, words.not_office, words.speaks_after),
            speaks_before=re.compile(words.speaks_before),
            speaks_after=re.compile(words.speaks_after),
            source_before=re.compile(words.source_before),
            source_after=re.compile(words.source_after),
            joined=re.compile(words.joined),
            barrier=re.compile(words.barrier),
            pronoun=re.compile(words.pronoun_before),
            doer=re.compile(words.doer_before),
            thing=re.compile(words.thing_after),
        )

    def cast(self, passage: Passage, found: list[Candidate]) -> list[Candidate]:
        """Return the candidates with roles, and ties from victims to acts."""
        stated = self.teller.told(passage, found)
        ties = self._ties(passage, found, stated)
        victims = {(c.kind, c.value) for c in ties}
        victims |= self._bodies_meant(passage, found, ties, stated) if victims else set()
        victims = victims or self._fallback(passage, found, stated)
        victims = victims or lone(passage, found, stated, partial(self._speaks, passage))
        victims |= self._left_over(passage, found, stated)
        return [self._with_role(c, stated, victims, ties) for c in found]

    def _with_role(
        self,
        candidate: Candidate,
        stated: Told,
        victims: set[tuple[str, str]],
        ties: Mapping[Candidate, Span],
    ) -> Candidate:
        if candidate.kind not in BEARERS:
            return candidate
        if (candidate.kind, candidate.value) in victims:
            kind = "person" if candidate.kind == "official" else candidate.kind
            return moved(candidate, kind=kind, role="victim", of=ties.get(candidate))
        role = stated.get(candidate.value)
        if candidate.kind in ("person", "official"):
            kind = "official" if role == "official" else candidate.kind
            return moved(candidate, kind=kind, role=role)
        return candidate

    # --- victims -----------------------------------------------------------------------------

    def _ties(
        self, passage: Passage, found: list[Candidate], stated: Told
    ) -> dict[Candidate, Span]:
        ties: dict[Candidate, Span] = {}
        meant: Candidate | None = None
        names_in = passage.by_sentence(c for c in found if c.kind in BEARERS)
        for act in (c for c in found if c.kind == "act" and side_of(c) != "none"):
            names = names_in.get(passage.sentence_at(act.start), [])
            chosen = self._chosen(passage, names, act, stated)
            chosen = self._with_kin(passage, names, act, chosen, stated)
            if not chosen and self._has_pronoun(passage, act):
                meant = meant or self._spoken_of(passage, found, act, stated)
                chosen = [meant] if meant else []
            for victim in chosen:
                ties.setdefault(victim, act.span)
            meant = chosen[0] if chosen else meant
        return ties

    def _chosen(
        self,
        passage: Passage,
        names: list[Candidate],
        act: Candidate,
        stated: Told,
    ) -> list[Candidate]:
        """Return whom the act's own sentence names; a speaker only where nobody else is."""
        _, last = passage.sentence_at(act.start)
        inside = [c for c in names if act.start < c.start and c.end <= act.end]
        if inside:
            return [c for c in inside if self._may_be_victim(passage, c, act, stated)][:1]
        names = [c for c in names if not c.overlaps(*act.span)]
        fit = [c for c in names if self._may_be_victim(passage, c, act, stated)]
        plain = self._others(fit, stated)
        quiet = [c for c in plain if not self._speaks(passage, c)]
        pick = self._nearest(passage, quiet, act, last)
        if pick is None and self.thing.match(passage.low, act.end):
            things = [c for c in fit if c.kind != "person" and c.end <= act.start]
            pick = things[-1] if things else None
        if pick is None:
            speakers = [c for c in plain if c not in quiet and c.kind != "outlet"]
            speakers = [c for c in speakers if self.pronoun.search(passage.low, c.end, last)]
            pick = speakers[-1] if speakers else None
        return self._with_joined(passage, plain if pick in plain else fit, pick) if pick else []

    def _with_kin(
        self,
        passage: Passage,
        names: list[Candidate],
        act: Candidate,
        chosen: list[Candidate],
        stated: Told,
    ) -> list[Candidate]:
        """Add whose relative it is to whom something was done, and to nobody else."""
        if any(stated.get(c.value) != "relative" for c in chosen):
            return chosen
        owners = [
            c
            for c in names
            if c.start in stated.kin.owners
            and self._part(c, stated) in (None, "witness")
            and not _SAID_BY.search(passage.low, passage.start, c.start)
        ]
        kin = [
            c
            for c in names
            if owners
            and stated.get(c.value) == "relative"
            and self._may_bear(passage, c, act, stated)
        ]
        return sorted({*owners[:1], *kin[:1], *chosen}, key=lambda c: c.start)

    def _nearest(
        self, passage: Passage, names: list[Candidate], act: Candidate, end: int
    ) -> Candidate | None:
        side = side_of(act)
        ahead = [c for c in names if c.end <= act.start and side != "after"]
        reach = self._reach(passage, act, end)
        behind = [c for c in names if act.end <= c.start < reach and side != "before"]
        if ahead and behind:
            is_nearer = behind[0].start - act.end < act.start - ahead[-1].end
            return behind[0] if is_nearer else ahead[-1]
        if ahead:
            return ahead[-1]
        return behind[0] if behind else None

    def _has_pronoun(self, passage: Passage, act: Candidate) -> bool:
        return bool(self.pronoun.search(passage.low, *passage.sentence_at(act.start)))

    def _spoken_of(
        self,
        passage: Passage,
        found: list[Candidate],
        act: Candidate,
        stated: Told,
    ) -> Candidate | None:
        """Return the first person of the sentences before, whom a pronoun then means."""
        earlier = [
            c
            for c in found
            if c.kind == "person"
            and c.start < act.start
            and stated.get(c.value) in (None, "witness")
            and self._may_be_victim(passage, c, act, stated)
        ]
        return earlier[0] if earlier else None

    def _reach(self, passage: Passage, act: Candidate, end: int) -> int:
        barrier = self.barrier.search(passage.low, act.end, end)
        return min(barrier.start() if barrier else end, act.end + _NEAR)

    def _may_be_victim(
        self, passage: Passage, name: Candidate, act: Candidate, stated: Told
    ) -> bool:
        is_body = name.kind in ("outlet", "organisation")
        if is_body and (
            act.value not in self.words.acts_on_bodies or name.value.casefold() in PLATFORMS
        ):
            return False
        if is_body and act.value in BY_OUTLETS and self._is_where(name, act):
            return False
        before = passage.low[max(0, name.start - 40) : name.start]
        if self.speaks_before.search(before) or self.doer.search(before):
            return False
        if is_body and (self._reports(passage, name) or name.start in stated.employers):
            return False
        return self._may_bear(passage, name, act, stated)

    def _is_where(self, name: Candidate, act: Candidate) -> bool:
        """Whether an outlet is who smears or where something was leaked, right before the verb."""
        is_said = act.value != "smear_campaign"
        return (
            is_said or -2 <= act.start - name.end <= _BESIDE or act.start <= name.start < act.end
        )

    def _may_bear(self, passage: Passage, name: Candidate, act: Candidate, stated: Told) -> bool:
        """Whether an act may have been done to somebody of this part: a lawyer, a relative."""
        role = self._part(name, stated)
        if act.value in COMPLAINED and self._complains(passage, name, act, role):
            return False
        if role in DOES.get(act.value, ()):
            return False
        is_own = passage.language.lang == "en" and not stated.has_others
        if role == "complainant" and act.value in OF_COURTS and not is_own:
            return False  # "a case was opened on the complaint of A"
        if role == "lawyer" and act.value == "lawyer_denied":
            # "his lawyer Zahir Boz was not let in" is done to whom he defends
            return BARRED.search(passage.low, act.start, act.end + _BESIDE) is not None
        if role == "relative" and act.value in PRESSING and stated.has_others:
            return False  # it is meant for whose relative it is
        if role in PARTS:
            # these are named for their part, unless the act stands right beside them
            reach = _AWAY if role == "relative" else _BESIDE
            is_beside = max(name.start - act.end, act.start - name.end) <= reach
            if role == "relative" and self._speaks(passage, name, apart=True):
                return False
            return is_beside and not self._speaks(passage, name)
        return True

    def _others(self, fit: list[Candidate], stated: Told) -> list[Candidate]:
        """Leave out officials and lawyers where somebody else is named beside them."""
        spared = [c for c in fit if self._part(c, stated) in ("official", "lawyer")]
        others = [c for c in fit if c not in spared]
        return others if any(c.kind == "person" for c in others) else fit

    def _complains(
        self, passage: Passage, name: Candidate, act: Candidate, role: str | None
    ) -> bool:
        """Whether a name is whose suit it is: "the suit of MP Zahir Boz", "MP Zahir Boz sued"."""
        if act.end <= name.start:
            return role == "complainant"
        is_subject = passage.language.lang in _SUBJECT_FIRST
        return role == "complainant" or (is_subject and role == "official")

    def _part(self, name: Candidate, stated: Told) -> str | None:
        return "official" if name.kind == "official" else stated.get(name.value)

    def _closes(self, passage: Passage, name: Candidate) -> bool:
        """Whether a name only tells who reported what was said: "..., the agency A reported"."""
        before = passage.low[max(passage.start, name.start - 40) : name.start]
        return self._speaks(passage, name) and _CLOSING.search(before) is not None

    def _reports(self, passage: Passage, name: Candidate) -> bool:
        """Whether an outlet only is whom something was told: "..., he told the radio A"."""
        before = passage.low[max(passage.start, name.start - 40) : name.start]
        is_told = self.source_after.match(passage.low, name.end) is not None
        return is_told or self.source_before.search(before) is not None

    def _speaks(self, passage: Passage, name: Candidate, *, apart: bool = False) -> bool:
        """Whether a name's bearer says something; `apart`: also behind "..., his sister,"."""
        after = passage.low[name.end : name.end + _NEAR]
        if apart and (between := _APPOSED.match(after)):
            return bool(self.speaks_after.match(after, between.end()))
        return bool(self.speaks_after.match(after))

    def _with_joined(
        self, passage: Passage, names: list[Candidate], pick: Candidate
    ) -> list[Candidate]:
        """Return the one acted upon and who is named with them, no act between."""
        chosen = [pick]
        place = names.index(pick)
        for step in (-1, 1):
            i, edge = place + step, pick
            while 0 <= i < len(names) and names[i].kind == pick.kind:
                left, right = (names[i], edge) if step < 0 else (edge, names[i])
                is_parted = passage.is_taken(left.end, right.start, "act")  # "A released B"
                is_parted |= passage.language.lang == "tr" and self._speaks(passage, names[i])
                if is_parted or not self.joined.fullmatch(passage.low, left.end, right.start):
                    break
                edge = names[i]
                chosen.append(edge)
                i += step
        return sorted(chosen, key=lambda c: c.start)

    def _left_over(
        self, passage: Passage, found: list[Candidate], stated: Told
    ) -> set[tuple[str, str]]:
        """Return the people named beside an act for whom no other part is told."""
        busy = {passage.sentence_at(c.start) for c in found if c.kind in ("act", "sentence")}
        others = {c.value for c in found if c.kind == "person" and self._is_doer(passage, c)}
        return {
            (c.kind, c.value)
            for c in found
            if c.kind == "person"
            and c.start >= passage.body
            and " " in c.value
            and not c.rule.endswith(".bare")
            and c.value not in stated
            and c.value not in others
            and not (passage.language.lang == "tr" and self._speaks(passage, c))
            and passage.sentence_at(c.start) in busy
        }

    def _bodies_meant(
        self,
        passage: Passage,
        found: list[Candidate],
        ties: Mapping[Candidate, Span],
        stated: Told,
    ) -> set[tuple[str, str]]:
        """Return the outlet or group that attacks on pages and sites mean, where none is named."""
        aimed = [c for c in found if c.kind == "act" and c.value in AT_BODIES]
        tied = set(ties.values())
        if not aimed or any(act.span in tied for act in aimed):
            return set()
        bodies = [
            c
            for c in found
            if c.kind in ("outlet", "organisation")
            and c.start >= passage.body
            and self._may_be_victim(passage, c, aimed[0], stated)
            and not self._speaks(passage, c)
        ]
        before = [c for c in bodies if c.end <= aimed[0].start]
        chosen = before[-1] if before else bodies[0] if bodies else None
        return {(chosen.kind, chosen.value)} if chosen else set()

    def _is_doer(self, passage: Passage, name: Candidate) -> bool:
        before = passage.low[max(passage.start, name.start - 40) : name.start]
        return bool(self.doer.search(before) or self.speaks_before.search(before))

    def _fallback(
        self, passage: Passage, found: list[Candidate], stated: Told
    ) -> set[tuple[str, str]]:
        """Where no sentence names victim and act together, take the entry's first person."""
        people = [c for c in found if c.kind == "person" and c.value not in stated]
        people = [c for c in people if not self._is_doer(passage, c)] or people
        told = [c for c in found if c.kind == "act" and c.value in BY_OUTLETS]
        bodies = [c for c in found if c.kind == "outlet"]
        bodies = [c for c in bodies if not any(self._is_where(c, act) for act in told)]
        is_aimed = any(c.kind == "act" and c.value in self.words.acts_on_bodies for c in found)
        bodies = [c for c in bodies if not (self._closes(passage, c) or self._reports(passage, c))]
        if not people and bodies and is_aimed:
            return {("outlet", bodies[0].value)}
        people = people or [
            c for c in found if c.kind == "person" and stated.get(c.value) == "witness"
        ]
        counts: dict[str, int] = {}
        for person in people:
            counts[person.value] = counts.get(person.value, 0) + 1
        if counts:
            best = max(counts, key=lambda value: (counts[value], -list(counts).index(value)))
            first = next(c for c in people if c.value == best)
            return {("person", c.value) for c in _listed(passage, people, first)}
        return set()


def _listed(passage: Passage, people: list[Candidate], first: Candidate) -> list[Candidate]:
    """Return a person and who goes on a list from there that is closed by "and"."""
    named, is_closed = [first], False
    for other in people[people.index(first) + 1 :]:
        link = _LINK.fullmatch(passage.low, named[-1].end, other.start)
        if link is None or is_closed:
            break
        named.append(other)
        is_closed = link["last"] is not None
    return named if is_closed else [first]
