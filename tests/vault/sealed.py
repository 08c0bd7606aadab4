"""A vault with objects, seals and stamps of the demonstration authority."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from dataclasses import dataclass
from pathlib import Path

from tests.vault.sample import ACTOR, new_keyring
from undersight.vault.demo_authority import DemoAuthority
from undersight.vault.keyring import Keyring
from undersight.vault.objects import Vault
from undersight.vault.seal_manifest import SealItem
from undersight.vault.seals import Seals
from undersight.vault.stamps import Stamps, new_request

NOON = dt.datetime(2031, 5, 2, 12, tzinfo=dt.UTC)
NOON_US = int(NOON.timestamp()) * 1_000_000
PAGES = tuple(b"page %d " % number * 1000 for number in range(4))


@dataclass(frozen=True)
class SealedVault:
    folder: Path
    keyring: Keyring
    authority: DemoAuthority

    @property
    def vault(self) -> Vault:
        """The vault as somebody finds it who opens it now."""
        ticks = itertools.count(NOON_US)
        return Vault(self.folder, self.keyring, clock=lambda: next(ticks))

    @property
    def seals(self) -> Seals:
        return Seals(self.vault)

    def stamps(self) -> Stamps:
        vault = self.vault
        return Stamps(vault, Seals(vault))

    def stamp(
        self, seal_id: str, name: str = "demo", authority: DemoAuthority | None = None
    ) -> None:
        seal = self.seals.read(seal_id)
        request = new_request(seal.stamped_bytes)
        reply = (authority or self.authority).answer(request)
        self.stamps().add(seal, name, reply, request=request, actor=ACTOR)

    def seal(self, *pages: bytes) -> str:
        vault = self.vault
        items = []
        for page in pages:
            digest = vault.put(io.BytesIO(page), reason="saved", actor=ACTOR, source_ref="a page")
            items.append(SealItem(object=digest, metadata={"kind": "intake"}))
        seals = Seals(vault)
        return seals.make(items, seals.keys.open(), actor=ACTOR).seal_id


def make_sealed(folder: Path, *, is_plain: bool, n_seals: int = 2) -> SealedVault:
    """Two pages under each seal, the first seal stamped, its authority's root pinned."""
    made = SealedVault(
        folder=folder / "vault",
        keyring=new_keyring(folder, is_plain=is_plain),
        authority=DemoAuthority(clock=lambda: NOON),
    )
    made.seals.keys.new("desk", actor=ACTOR)
    made.stamps().pin_root("demo", made.authority.root.pem, where="demo.pem", actor=ACTOR)
    for number in range(n_seals):
        made.seal(*PAGES[2 * number : 2 * number + 2])
    made.stamp("seal-000001")
    return made
