"""Check a handover on a machine that has never heard of undersight.

This file is copied into every handover as ``verify.py``. It needs Python's standard library
alone, and for signatures ``ssh-keygen``, for time ``openssl``; where one of them is missing it
says what was not checked. Nothing is written outside a temporary folder, nothing is sent.

    python3 verify.py [FOLDER] [--key "ssh-ed25519 AAAA..."] [--json]

Exit code 0: everything was checked and holds. 1: something is wrong. 2: what was checked holds,
but not everything could be checked.

Sources: RFC 8493 (BagIt), RFC 8785 (canonical JSON), RFC 6962 (Merkle tree), RFC 3161 (time),
OpenSSH PROTOCOL.sshsig.
"""

from __future__ import annotations

import argparse
import base64
import calendar
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAF = b"undersight/seal-leaf/v1\x00"
METADATA = b"undersight/seal-metadata/v1\x00"
CUSTODY = b"undersight/custody/v1"
SEAL_SPACE, HANDOVER_SPACE = "undersight-seal", "undersight-handover"
PIECE = 1 << 20
RIGHT, WRONG, UNCHECKED = "right", "WRONG", "NOT CHECKED"
WHEN = re.compile(r"Time stamp: (\w{3}) +(\d+) (\d+):(\d+):(\d+)\S* (\d{4}) GMT")
UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    subprocess.SubprocessError,
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Report:
    """What was found, in order: a grade, a word for programs, a sentence."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str]] = []

    def add(self, grade: str, code: str, sentence: str) -> bool:
        """Note a result; return whether it is right."""
        self.lines.append((grade, code, sentence))
        return grade == RIGHT

    def code(self) -> int:
        """Return the exit code."""
        grades = {grade for grade, _code, _sentence in self.lines}
        return 1 if WRONG in grades else 2 if UNCHECKED in grades else 0


def canonical(value: Any) -> bytes:
    """Serialise to the only canonical bytes (RFC 8785), without fractions, which do not occur."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return b"{" + b",".join(canonical(k) + b":" + canonical(value[k]) for k in keys) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    if isinstance(value, float):
        raise ValueError(value)  # noqa: TRY004 - no mistake of a caller: the file is not ours
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def sha256(data: bytes) -> bytes:
    """Digest of bytes."""
    return hashlib.sha256(data).digest()


def file_digest(path: Path) -> str:
    """Digest of a file, hexadecimal."""
    state = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            state.update(piece)
    return state.hexdigest()


def leads_to(leaf: bytes, index: int, n_leaves: int, path: list[bytes]) -> bytes | None:
    """Return the root that a Merkle path leads to (RFC 9162 section 2.1.3.2); None: no such."""
    if not 0 <= index < n_leaves:
        return None
    node, last = sha256(b"\x00" + leaf), n_leaves - 1
    for sibling in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            node = sha256(b"\x01" + sibling + node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + sibling)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


def public_line(key: bytes) -> str:
    """Return an Ed25519 public key as OpenSSH writes it."""
    kind = b"ssh-ed25519"
    wire = len(kind).to_bytes(4, "big") + kind + len(key).to_bytes(4, "big") + key
    return "ssh-ed25519 " + base64.b64encode(wire).decode("ascii")


def public_key_in(words: str) -> str:
    """Return the public key in a line that somebody was given, whatever stands around it.

    Empty where there is none: an id of a key, or a key of another kind.
    """
    parts = words.replace('"', " ").split()
    at = parts.index("ssh-ed25519") if "ssh-ed25519" in parts else len(parts)
    return " ".join(parts[at : at + 2]) if at + 1 < len(parts) else ""


class Checker:
    """Checks one unpacked handover.

    Args:
        root: The folder with ``bagit.txt``.
        expected_key: The signing key as OpenSSH writes it, or a line of allowed signers with it,
            from somewhere else; empty: any.
    """

    def __init__(self, root: Path, expected_key: str = "") -> None:
        self.root, self.report = root, Report()
        self.expected = public_key_in(expected_key)
        self.keygen, self.openssl = shutil.which("ssh-keygen"), shutil.which("openssl")
        self.manifests: dict[str, dict[str, Any]] = {}
        self.held: list[dict[str, Any]] = []

    def run(self) -> Report:
        """Check everything, in order; what cannot be read is wrong, never a crash."""
        steps = (
            ("files", self.check_files),
            ("package-signature", self.check_package_signature),
            ("seals", self.check_seals),
            ("objects", self.check_objects),
            ("custody", self.check_custody),
        )
        for code, step in steps:
            try:
                step()
            except UNREADABLE as error:
                sentence = f"could not be checked to the end: {reason_of(error)}"
                self.report.add(WRONG, f"{code}-unreadable", f"{code}: {sentence}")
        return self.report

    def check_files(self) -> None:
        """Compare every file with the lists of digests, and look for files that nobody listed."""
        listed: dict[str, str] = {}
        for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            for line in (self.root / name).read_text(encoding="utf-8").splitlines():
                digest, _gap, listed_name = line.partition("  ")
                listed[listed_name] = digest
        for name, digest in sorted(listed.items()):
            self._check_file(name, digest)
        found = {
            path.relative_to(self.root).as_posix()
            for path in self.root.rglob("*")
            if path.is_file() or path.is_symlink()
        }
        for name in sorted(found - set(listed) - {"tagmanifest-sha256.txt"}):
            self.report.add(WRONG, "extra-file", f"{name} is in no list")
        self._summarise("files", f"{len(listed)} files are as listed")

    def _check_file(self, name: str, digest: str) -> None:
        path = self.root / name
        is_inside = ".." not in Path(name).parts and not Path(name).is_absolute()
        if not is_inside or path.is_symlink():
            self.report.add(WRONG, "unsafe-name", f"{name} leads out of the folder")
        elif not path.is_file():
            self.report.add(WRONG, "missing-file", f"{name} is missing")
        elif file_digest(path) != digest:
            self.report.add(WRONG, "changed-file", f"{name} is not the file that was listed")

    def _summarise(self, code: str, sentence: str) -> None:
        if not any(grade == WRONG for grade, _code, _words in self.report.lines):
            self.report.add(RIGHT, code, sentence)

    def check_package_signature(self) -> None:
        """Check who signed the list of files."""
        about = self._json("data/handover.json")
        signed = (self.root / "manifest-sha256.txt").read_bytes()
        key = base64.b64decode(about["public_key"])
        held = self._signature(
            signed, self.root / "manifest-sha256.txt.sig", key, HANDOVER_SPACE, "the list of files"
        )
        line = public_line(key)
        if held and self.expected and line != self.expected:
            self.report.add(WRONG, "another-key", f"the package was signed by {line}")
        elif held:
            told = "the key you gave" if self.expected else f"{line} - compare it with a known one"
            self.report.add(RIGHT, "signer", f"signed by {told}")

    def _signature(self, data: bytes, signature: Path, key: bytes, space: str, what: str) -> bool:
        """Ask ssh-keygen; a missing program is told, not taken for a yes."""
        if not self.keygen:
            return self.report.add(
                UNCHECKED, "no-ssh-keygen", f"signature of {what}: ssh-keygen is not installed"
            )
        with scratch() as folder:
            signers = folder / "signers"
            signers.write_text(f'signer namespaces="{space}" {public_line(key)}\n', "utf-8")
            words = [self.keygen, "-Y", "verify", "-n", space, "-f", str(signers)]
            done = ask([*words, "-I", "signer", "-s", str(signature)], data)
        if done.returncode == 0:
            return self.report.add(RIGHT, "signature", f"signature of {what} holds")
        return self.report.add(WRONG, "forged-signature", f"signature of {what} does not hold")

    def check_seals(self) -> None:
        """Check each seal's form, signature and time stamps."""
        for folder in sorted((self.root / "data" / "seals").glob("seal-*")):
            data = (folder / "manifest.json").read_bytes()
            manifest = json.loads(data)
            if canonical(manifest) != data or manifest.get("format") != "undersight-seal/1":
                self.report.add(WRONG, "changed-seal", f"{folder.name}: not in its one form")
                continue
            if folder.name != f"seal-{manifest['number']:06}":
                self.report.add(WRONG, "changed-seal", f"{folder.name}: another seal's place")
                continue
            self.manifests[sha256(data).hex()] = manifest
            key = base64.b64decode(manifest["public_key"])
            if self._signature(data, folder / "seal.sig", key, SEAL_SPACE, folder.name):
                self.held.append(manifest)
            self._check_stamps(folder, data + (folder / "seal.sig").read_bytes())

    def _check_stamps(self, folder: Path, stamped: bytes) -> None:
        stamps = sorted(path for path in (folder / "stamps").glob("*") if path.is_dir())
        if not stamps:
            self.report.add(
                UNCHECKED, "unstamped", f"{folder.name}: no authority confirmed its time"
            )
        for stamp in stamps:
            what = f"{folder.name}, time by {stamp.name}"
            if self.openssl:
                self._check_stamp(stamp, stamped, what)
            else:
                self.report.add(UNCHECKED, "no-openssl", f"{what}: openssl is not installed")

    def _check_stamp(self, stamp: Path, stamped: bytes, what: str) -> None:
        """Let openssl check a reply against the root beside it, now or at the time it states."""
        reply, root = stamp / "reply.tsr", stamp / "root.pem"
        tool = str(self.openssl)
        form, at = self._stated(reply)
        if at is None:
            self.report.add(WRONG, "unreadable-stamp", f"{what}: the reply cannot be read")
            return
        with scratch() as folder:
            (folder / "stamped").write_bytes(stamped)
            words = [tool, "ts", "-verify", "-in", str(reply), *form, "-CAfile", str(root)]
            asked = [*words, "-data", str(folder / "stamped")]
            holds = any(
                ask(tried).returncode == 0 for tried in (asked, [*asked, "-attime", str(at)])
            )
        if not holds:
            sentence = "does not hold: other bytes, another root, or forged"
            self.report.add(WRONG, "forged-stamp", f"{what}: {sentence}")
            return
        stated = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
        print_ = hashlib.sha256(pem_bytes(root)).hexdigest()
        sentence = f"existed at {stated} says the authority whose root is SHA-256 {print_}"
        self.report.add(RIGHT, "stamp", f"{what}: {sentence}")

    def _stated(self, reply: Path) -> tuple[list[str], int | None]:
        for form in ([], ["-token_in"]):
            done = ask([str(self.openssl), "ts", "-reply", "-in", str(reply), *form, "-text"])
            found = WHEN.search(done.stdout.decode("utf-8", "replace"))
            if found:
                month, day, hour, minute, second, year = found.groups()
                parts = (int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute))
                return form, calendar.timegm((*parts, int(second)))
        return [], None

    def check_objects(self) -> None:
        """Show that each object's bytes stand under a seal."""
        objects = self._json("data/handover.json")["objects"]
        for one in objects:
            self._check_object(one)
        self._summarise("objects", f"objects looked at: {len(objects)}")

    def _check_object(self, one: dict[str, Any]) -> None:
        digest, path = one["digest"], one["path"]
        short = f"object {digest[:16]}"
        if path and file_digest(self.root / "data" / path) != digest:
            self.report.add(WRONG, "changed-object", f"{short}: its bytes are others")
            return
        if one.get("record"):
            record = self._json("data/" + one["record"])
            if record.get("copy") != digest:
                self.report.add(WRONG, "swapped-record", f"{short}: the record is another copy's")
        if not one["proofs"]:
            self.report.add(UNCHECKED, "unsealed", f"{short}: under no seal")
        for name in one["proofs"]:
            self._check_proof(self._json("data/" + name), digest, short)

    def _check_proof(self, proof: dict[str, Any], digest: str, short: str) -> None:
        manifest = self.manifests.get(proof["seal"])
        if manifest is None:
            self.report.add(WRONG, "missing-seal", f"{short}: its seal is not here")
            return
        about = bytes.fromhex(proof["metadata_commitment"])
        if "metadata" in proof:
            salt = bytes.fromhex(proof["metadata_salt"])
            if sha256(METADATA + salt + canonical(proof["metadata"])) != about:
                self.report.add(WRONG, "changed-metadata", f"{short}: not what was sealed of it")
                return
        leaf = sha256(LEAF + bytes.fromhex(proof["salt"]) + bytes.fromhex(digest) + about)
        path = [bytes.fromhex(node) for node in proof["path"]]
        root = leads_to(leaf, proof["index"], manifest["items"], path)
        if root is None or root.hex() != manifest["root"] or proof["object"] != digest:
            self.report.add(WRONG, "broken-proof", f"{short}: it does not lead to the seal's root")
            return
        seal = f"seal-{manifest['number']:06}"
        self.report.add(RIGHT, "sealed", f"{short}: stands under {seal}")

    def check_custody(self) -> None:
        """Check the shown entries, and which of them a signed seal pins."""
        extract = self._json("data/custody/extract.json")
        entries = {entry["i"]: entry for entry in extract["entries"]}
        for i, entry in sorted(entries.items()):
            rest = {name: value for name, value in entry.items() if name != "h"}
            if sha256(CUSTODY + b"\x00" + canonical(rest)).hex() != entry["h"]:
                self.report.add(WRONG, "edited-custody", f"custody entry {i} was edited")
            after = entries.get(i + 1)
            if after is not None and after["prev"] != entry["h"]:
                self.report.add(WRONG, "edited-custody", f"custody entry {i + 1} follows another")
        heads = {m["anchors"]["custody"]["length"]: m for m in self.held}
        for length, manifest in sorted(heads.items()):
            last = entries.get(length - 1)
            if last is not None and last["h"] != manifest["anchors"]["custody"]["head"]:
                sentence = f"entry {length - 1} is not what seal {manifest['number']} noted"
                self.report.add(WRONG, "rewritten-custody", f"custody {sentence}")
        self._tell_pinned(entries, heads)

    def _tell_pinned(self, entries: dict[int, Any], heads: dict[int, Any]) -> None:
        pinned: list[int] = []
        loose: list[int] = []
        for i in sorted(entries):
            reach = i
            while reach + 1 not in heads and reach + 1 in entries:
                reach += 1
            (pinned if reach + 1 in heads else loose).append(i)
        if pinned:
            sentence = f"{len(pinned)} entries are chained up to a signed seal"
            self._summarise("custody", f"custody: {sentence}")
        if loose:
            sentence = (
                f"{len(loose)} entries have their own right hash; entries between them and the "
                "next seal are withheld, so their place in the log is the signer's word"
            )
            self.report.add(RIGHT, "custody-own-hash", f"custody: {sentence}")

    def _json(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.root / name).read_bytes())
        return found


def reason_of(error: BaseException) -> str:
    """Say in words why something cannot be read."""
    if isinstance(error, FileNotFoundError):
        return f"{Path(str(error.filename or 'a file')).name} is missing"
    if isinstance(error, OSError):
        return f"the disk says: {error.strerror or type(error).__name__}"
    if isinstance(error, subprocess.SubprocessError):
        return "a program of this machine did not answer"
    if isinstance(error, (json.JSONDecodeError, UnicodeError, RecursionError)):
        return "a file in it is damaged: it is not the JSON text that it should be"
    return "a file in it lacks something, or holds something that cannot be there"


def pem_bytes(path: Path) -> bytes:
    """Return the first certificate of a PEM file, DER."""
    text = path.read_text("ascii", "replace")
    body = text.partition("-----BEGIN CERTIFICATE-----")[2]
    return base64.b64decode("".join(body.partition("-----END")[0].split()))


def ask(words: list[str], data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a program of this machine without a shell."""
    here = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(  # noqa: S603 - a program of this machine, found by name
        words, input=data, capture_output=True, check=False, env=here, timeout=120
    )


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """Give a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def main(words: list[str] | None = None) -> int:
    """Check the folder beside this file, or the one named, and say what was found."""
    parser = argparse.ArgumentParser(description="Check a handover.")
    parser.add_argument("folder", nargs="?", default=str(Path(__file__).resolve().parent))
    parser.add_argument("--key", default="", help="the signing key, as you know it from elsewhere")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(words)
    if given.key and not public_key_in(given.key):
        parser.error('the key you give has to say "ssh-ed25519 AAAA..."; nothing was checked')
    report = Checker(Path(given.folder), given.key).run()
    code = report.code()
    if given.json:
        lines = [{"grade": g, "code": c, "sentence": s} for g, c, s in report.lines]
        text = json.dumps({"code": code, "results": lines}, indent=1)
    else:
        last = {0: "Everything holds.", 1: "SOMETHING IS WRONG.", 2: "Not everything was checked."}
        text = "\n".join([f"{g}: {s}" for g, _code, s in report.lines] + [last[code]])
    sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    return code


if __name__ == "__main__":
    sys.exit(main())
