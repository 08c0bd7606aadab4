"""What the vault gives to a handover: bytes, seals, stamps, proofs, an extract of custody.

Nothing about other objects goes along. An entry of the custody log names its object, so of the
log only what is about the chosen objects, their seals and stamps is shown; where entries in
between are withheld, the chain up to the next seal cannot be recomputed by the recipient and
``verify.py`` says so. Whoever may see more asks for all entries in between.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from undersight.integrity.canonical import Digest, canonical_json
from undersight.vault.block_stamps import BlockStamps, stamped_digest
from undersight.vault.seals import SEAL, STAMP, Seals
from undersight.vault.sshsig import public_line
from undersight.vault.stamps import Stamps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from undersight.vault.bags import Bag
    from undersight.vault.custody import CustodyEntry
    from undersight.vault.objects import Vault
    from undersight.vault.seal_manifest import Proof
    from undersight.vault.seals import Seal
    from undersight.vault.signing_keys import SigningKey
    from undersight.vault.stamps import Stamp

EXTRACT_FORMAT = "undersight-custody-extract/1"
NAMESPACE = "undersight-handover"
VERIFY_TEXT = """HOW TO CHECK THIS PACKAGE

With Python 3.8 or newer, in this folder:

    python3 verify.py --key "THE SIGNING KEY AS YOU KNOW IT FROM ELSEWHERE"

It needs nothing else, except ssh-keygen for signatures and openssl for time; without one of them
it says what it did not check. It ends with 0 (everything holds), 1 (something is wrong) or 2 (not
everything was checked). Who does not trust this copy takes verify.py from undersight's own
distribution (undersight/vault/handover_verifier.py), or checks by hand:

  files    sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt
  package  ssh-keygen -Y verify -n undersight-handover -f allowed_signers -I {key_id} \\
             -s manifest-sha256.txt.sig < manifest-sha256.txt
  a seal   cd data/seals/seal-...; ssh-keygen -Y verify -n undersight-seal -f allowed_signers \\
             -I KEY -s seal.sig < manifest.json      (KEY: the first word of allowed_signers)
  time     cat manifest.json seal.sig > /tmp/stamped
           openssl ts -verify -data /tmp/stamped -in stamps/NAME/reply.tsr \\
             -CAfile stamps/NAME/root.pem            (-attime SECONDS for an expired certificate)
  a block  where stamped.ots lies beside a seal: ots verify -f /tmp/stamped stamped.ots

The signing key of this package: {public_key}
The root certificates beside the stamps prove something only if they are those that the
authorities publish: compare their SHA-256, which verify.py prints.

What is shown, and what is not: data/index/index.en.html (also az, ru, tr).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealProofs:
    """A seal and what it is over, of the chosen objects.

    Attributes:
        seal: The seal.
        proofs: By object.
        stamps: Replies of time authorities beside it.
        block_proof: The proof by OpenTimestamps; empty for none.
    """

    seal: Seal
    proofs: dict[Digest, Proof]
    stamps: tuple[Stamp, ...]
    block_proof: bytes = b""


def prove_objects(
    vault: Vault, digests: Collection[Digest], *, is_metadata_shown: bool = False
) -> tuple[SealProofs, ...]:
    """Find every seal over any of some objects, with proofs for these and no others.

    Args:
        vault: The vault.
        digests: The objects.
        is_metadata_shown: Whether proofs open what was sealed about the objects (file name, note,
            address, source id).

    Raises:
        SealDamagedError: A seal cannot be read.
        SignatureMismatchError: A seal is not signed by its key.
    """
    seals = Seals(vault)
    stamps, blocks = Stamps(vault, seals), BlockStamps(vault, seals)
    wanted, kept = set(digests), blocks.kept()
    found = []
    for seal_id in seals.seal_ids():
        seal = seals.read(seal_id)
        here = sorted({leaf.object for leaf in seals.leaves(seal)} & wanted)
        if here:
            seal.check_signature()
            proofs = seals.inclusion_proofs(seal, here, is_metadata_shown=is_metadata_shown)
            block = kept.get(stamped_digest(seal))
            found.append(
                SealProofs(
                    seal=seal,
                    proofs=proofs,
                    stamps=stamps.of(seal),
                    block_proof=b"" if block is None else blocks.read(block),
                )
            )
    return tuple(found)


def custody_extract(
    vault: Vault,
    digests: Collection[Digest],
    over: Sequence[SealProofs],
    *,
    is_whole: bool = False,
) -> bytes:
    """Return the entries of the custody log about some objects, canonical JSON.

    Args:
        vault: The vault.
        digests: The objects.
        over: The seals over them: their entries and those of their stamps are shown too.
        is_whole: Show every entry from the first of these to the last, others' too.

    Raises:
        CustodyBrokenError: An entry cannot be read.
    """
    names = {SEAL: {one.seal.digest for one in over}, STAMP: _replies(over)}
    entries = tuple(vault.custody.entries())
    chosen = {
        entry.i
        for entry in entries
        if entry.object in digests or entry.object in names.get(entry.action, ())
    }
    last = max((one.seal.manifest.anchors.custody.length for one in over), default=0)
    shown = [
        entry
        for entry in entries
        if entry.i in chosen or (is_whole and min(chosen, default=0) <= entry.i < last)
    ]
    return canonical_json(
        {
            "format": EXTRACT_FORMAT,
            "length": len(entries),
            "entries": [_line(entry) for entry in shown],
        }
    )


def seal_files(one: SealProofs) -> Iterable[tuple[str, bytes]]:
    """Yield the public files of a seal by their names in a handover."""
    folder = f"seals/{one.seal.seal_id}"
    yield f"{folder}/manifest.json", one.seal.manifest_bytes
    yield f"{folder}/seal.sig", one.seal.signature
    yield f"{folder}/allowed_signers", (one.seal.folder / "allowed_signers").read_bytes()
    if one.block_proof:
        yield f"{folder}/stamped.ots", one.block_proof
    for stamp in one.stamps:
        if stamp.request:
            yield f"{folder}/stamps/{stamp.name}/request.tsq", stamp.request
        yield f"{folder}/stamps/{stamp.name}/reply.tsr", stamp.reply
        yield f"{folder}/stamps/{stamp.name}/root.pem", stamp.root


def put_tags(bag: Bag, key: SigningKey) -> None:
    """Put in the signature over the list of files, the verifier and how to use it."""
    line = public_line(key.record.public)
    verifier = resources.files("undersight.vault").joinpath("handover_verifier.py")
    told = VERIFY_TEXT.format(key_id=key.record.key_id, public_key=line)
    signers = f'{key.record.key_id} namespaces="{NAMESPACE}" {line}\n'
    bag.tags |= {
        "verify.py": verifier.read_bytes(),
        "VERIFY.txt": told.encode("utf-8"),
        "allowed_signers": signers.encode("ascii"),
        "manifest-sha256.txt.sig": key.sign(bag.manifest(), namespace=NAMESPACE),
    }


def _replies(over: Sequence[SealProofs]) -> set[Digest]:
    return {stamp.digest for one in over for stamp in one.stamps}


def _line(entry: CustodyEntry) -> dict[str, Any]:
    """An entry as it is chained."""
    from undersight.vault.custody import CUSTODY_VERSION

    return {"v": CUSTODY_VERSION, **asdict(entry)}
