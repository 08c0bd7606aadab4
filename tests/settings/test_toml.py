from __future__ import annotations

import contextlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import (
    InvalidSettingError,
    SettingsError,
    SettingsUnreadableError,
    UnknownSettingError,
    WorkspaceTooNewError,
    WorkspaceTooOldError,
)
from undersight.settings import (
    CASEBOOK_URL_VARIABLE,
    CasebookSection,
    Layout,
    Settings,
    StaffSection,
    VaultSection,
    WorkspaceSection,
    load_settings,
    settings_text,
)
from undersight.settings import toml as toml_module
from undersight.settings.schema import SECTIONS

GOOD = """format = 1
[workspace]
id = "ws-aaaabbbbccccdddd"
[staff]
id = "staff-aaaabbbbccccdddd"
"""


def load(folder: Path, text: str, environ: dict[str, str] | None = None) -> Settings:
    layout = Layout(folder)
    layout.settings_file.write_text(text, encoding="utf-8")
    return load_settings(layout, environ=environ or {})


def test_what_is_not_said_has_its_default(tmp_path: Path) -> None:
    settings = load(tmp_path, GOOD)
    assert settings.workspace.languages == ("en",)
    assert settings.casebook.url == ""
    assert settings.vault.max_object_bytes == 64 * 1024**3


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(title=text, n=st.integers(1, 2**60), url=st.sampled_from(["", "postgresql://u@host/d"]))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, title: str, n: int, url: str
) -> None:
    settings = Settings(
        format=1,
        workspace=WorkspaceSection(
            id="ws-aaaabbbbccccdddd", title=title, jurisdiction="QV", languages=("az", "en")
        ),
        staff=StaffSection(id="staff-aaaabbbbccccdddd"),
        casebook=CasebookSection(url=url),
        vault=VaultSection(max_object_bytes=n),
    )
    assert load(tmp_path_factory.mktemp("ws"), settings_text(settings)) == settings


def test_every_setting_is_explained_in_the_file() -> None:
    settings = Settings(
        format=1,
        workspace=WorkspaceSection(id="ws-aaaabbbbccccdddd"),
        staff=StaffSection(id="staff-aaaabbbbccccdddd"),
    )
    written = settings_text(settings)
    assert set(tomllib.loads(written)) == {"format", *SECTIONS}
    lines = written.splitlines()
    for number, line in enumerate(lines):
        assert len(line) <= 110
        if " = " in line and number:
            assert lines[number - 1].startswith("# ")


@pytest.mark.parametrize(
    ("line", "setting", "nearest"),
    [
        ("[vault]\nmax_object_byte = 1", "vault.max_object_byte", ("vault.max_object_bytes",)),
        ("[valt]\n", "valt", ("vault",)),
        ("[casebook]\nurrl = ''", "casebook.urrl", ("casebook.url",)),
        ("[zzz]\n", "zzz", ()),
    ],
)
def test_an_unknown_setting_names_the_nearest(
    tmp_path: Path, line: str, setting: str, nearest: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownSettingError) as raised:
        load(tmp_path, f"{GOOD}\n{line}")
    assert (raised.value.setting, raised.value.nearest) == (setting, nearest)
    assert "undersight.toml" in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "setting"),
    [
        ("format = 1", "format = '1'", "format"),
        ("format = 1", "format = true", "format"),
        ("format = 1", "format = 0", "format"),
        ("format = 1", "", "format"),
        ('"ws-aaaabbbbccccdddd"', '"ws-1"', "workspace.id"),
        ('id = "ws-aaaabbbbccccdddd"', "", "workspace.id"),
        ("[staff]", "[staff]\n#", None),
        ('"staff-aaaabbbbccccdddd"', '"Leyla"', "staff.id"),
        ("[staff]", "jurisdiction = 'qaravel'\n[staff]", "workspace.jurisdiction"),
        ("[staff]", "languages = []\n[staff]", "workspace.languages"),
        ("[staff]", "languages = 'en'\n[staff]", "workspace.languages"),
        ("[staff]", "languages = [1]\n[staff]", "workspace.languages"),
        ("[staff]", "languages = ['English']\n[staff]", "workspace.languages"),
        ("[staff]", "title = 3\n[staff]", "workspace.title"),
        ("[staff]", "[vault]\nmax_object_bytes = 0\n[staff]", "vault.max_object_bytes"),
        ("[staff]", "[vault]\nmax_object_bytes = 1.5\n[staff]", "vault.max_object_bytes"),
        ("[staff]", "[vault]\nmax_object_bytes = true\n[staff]", "vault.max_object_bytes"),
        ("[staff]", "[casebook]\nurl = 'mysql://x'\n[staff]", "casebook.url"),
    ],
)
def test_a_wrong_value_names_its_setting(
    tmp_path: Path, old: str, new: str, setting: str | None
) -> None:
    changed = GOOD.replace(old, new)
    if setting is None:
        load(tmp_path, changed)
        return
    with pytest.raises(InvalidSettingError) as raised:
        load(tmp_path, changed)
    assert raised.value.setting == setting
    assert "(" not in raised.value.expected  # no regular expression for people


def test_a_table_that_is_none(tmp_path: Path) -> None:
    for wrong in ("vault = 3\n", "casebook = 3\n", "casebook = []\n"):
        with pytest.raises(InvalidSettingError, match="must be a table"):
            load(tmp_path, wrong + GOOD, {CASEBOOK_URL_VARIABLE: "postgresql://h/d"})


def test_the_servers_password_is_in_no_message(tmp_path: Path) -> None:
    for url in ("mysql://user:hunter2@host", "hunter2"):
        with pytest.raises(SettingsError) as raised:
            load(tmp_path, GOOD, {CASEBOOK_URL_VARIABLE: url})
        assert "hunter2" not in str(raised.value)


def test_the_environment_names_the_server(tmp_path: Path) -> None:
    url = "postgresql+psycopg://undersight:secret@host/casebook"
    assert load(tmp_path, GOOD, {CASEBOOK_URL_VARIABLE: url}).casebook.url == url
    with_url = f"{GOOD}[casebook]\nurl = 'postgresql://other/d'"
    assert load(tmp_path, with_url, {CASEBOOK_URL_VARIABLE: url}).casebook.url == url
    assert load(tmp_path, with_url).casebook.url == "postgresql://other/d"


def test_newer_is_refused_and_older_must_be_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WorkspaceTooNewError) as newer:
        load(tmp_path, "format = 2\n[unknown]\nsetting = 1")
    assert (newer.value.found, newer.value.known) == (2, 1)
    monkeypatch.setattr(toml_module, "WORKSPACE_FORMAT", 2)
    with pytest.raises(WorkspaceTooOldError):
        load(tmp_path, GOOD)


@pytest.mark.parametrize("raw", [b"format = ", b"\xff\xfe", b"a = 1\na = 2", b"\x00"])
def test_what_is_not_toml_is_said(tmp_path: Path, raw: bytes) -> None:
    layout = Layout(tmp_path)
    layout.settings_file.write_bytes(raw)
    with pytest.raises(SettingsUnreadableError, match="undersight"):
        load_settings(layout)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnreadableError, match="No such file"):
        load_settings(Layout(tmp_path))


@given(
    st.recursive(
        st.none() | st.integers(-5, 5) | st.booleans() | st.text("ab-", max_size=3),
        lambda inner: st.lists(inner, max_size=2),
        max_leaves=3,
    )
)
def test_no_value_escapes_as_another_error(value: Any) -> None:
    for name, section in SECTIONS.items():
        for field in section.__slots__:
            # Whatever else it raises fails the test.
            with contextlib.suppress(InvalidSettingError):
                toml_module.read_section(section, {field: value}, "undersight.toml", name)
