"""Several people in Chromium: invited, a code app, a passkey, and what a viewer does not see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyotp
import pytest

from tests.e2e.tabs import watched
from undersight.settings import Profile
from undersight.workbench import accounts, incidents, publishing, quick_entry
from undersight.workbench.session import Workspace

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(300)]

PASSWORD = "four unrelated words here"
INTERNAL = "Zaphrel"


def entered(workspace: Workspace, line: str) -> str:
    answers = quick_entry.Answers(
        who=["Tarvin Oskelde"], what="arrest", when="2031-05-02", sources=["Sarnak Press"],
        line=line, lang="en",
    )  # fmt: skip
    document = quick_entry.document(answers, today=workspace.today)
    return incidents.add(workspace, document, why="for the test").incident_id


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain workspace with an admin, a public entry and an internal one."""
    folder = tmp_path_factory.mktemp("web-accounts") / "log"
    with Workspace.create(folder, Profile(title="Qaravel log"), passphrase=None) as workspace:
        opened = entered(workspace, "Arrested at the airport")
        entered(workspace, f"{INTERNAL} was asked about the river")
        for finding in publishing.harm_findings(workspace, (opened,), audience="public"):
            publishing.answer(workspace, finding, verdict="no_risk", note="invented")
        publishing.publish(workspace, incidents.find_incident(workspace, opened))
        accounts.add(workspace, "maya", PASSWORD, role="admin")
    return folder


@pytest.fixture(scope="module")
def here(address: str) -> str:
    """The workbench by its name: browsers make no passkey for an address of digits."""
    return address.replace("127.0.0.1", "localhost")


def signed_in(browser: Any, here: str, name: str, **options: Any) -> Any:
    tab = watched(browser, **options)
    tab.goto(f"{here}/casebook")
    if tab.url.startswith(f"{here}/unlock"):
        tab.get_by_role("button", name="Open").click()
    sign_in(tab, name)
    return tab


def sign_in(tab: Any, name: str) -> None:
    tab.get_by_label("Name").fill(name)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()


def violations(tab: Any) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripts", "no-scripts"])
def test_invited_with_a_code_app_a_viewer_sees_nothing_internal(
    browser: Any, here: str, *, is_scripted: bool
) -> None:
    admin = signed_in(browser, here, "maya", java_script_enabled=is_scripted)
    admin.get_by_text(INTERNAL).first.wait_for()
    admin.goto(f"{here}/accounts")
    admin.get_by_role("button", name="Make an invitation").click()
    invitation = admin.locator("#address").inner_text()
    guest = watched(browser, java_script_enabled=is_scripted)
    guest.goto(invitation)
    name = f"guest {is_scripted}"
    guest.get_by_label("Name to sign in with").fill(name)
    guest.get_by_label("Password: four").fill(PASSWORD)
    guest.get_by_label("The same once more").fill(PASSWORD)
    guest.get_by_role("button", name="Join").click()
    guest.locator("#begin-password").fill(PASSWORD)
    guest.get_by_role("button", name="Set it up").click()
    secret = guest.locator("#secret").inner_text()
    guest.get_by_label("Code that the app shows now").fill(pyotp.TOTP(secret).now())
    guest.get_by_role("button", name="Turn it on").click()
    recovery = guest.locator("#codes li").first.inner_text()
    guest.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(guest, name)
    guest.get_by_label("Code that your app shows").fill(recovery)
    guest.get_by_role("button", name="Sign in").click()
    guest.goto(f"{here}/casebook")
    guest.get_by_text("Arrested at the airport").first.wait_for()
    assert INTERNAL not in guest.content()
    guest.goto(f"{here}/casebook?q={INTERNAL}")
    guest.get_by_text("Nothing is found.").first.wait_for()
    for path in ("/people", "/evidence", "/publish", "/accounts", "/entry"):
        assert guest.goto(f"{here}{path}").status == 403, path
    shown = {item.inner_text() for item in admin.locator(".menu a").all()}
    assert {"Accounts", "Publish"} <= shown
    guest.goto(f"{here}/")
    menu = {item.inner_text() for item in guest.locator(".menu a").all()}
    assert menu == {"Today", "Casebook", "Statistics", "Help"}
    told = [one for one in guest.complaints if "403" not in one and "[DOM]" not in one]
    assert told == []
    admin.context.close()
    guest.context.close()


def test_a_passkey_lets_in_and_another_does_not(browser: Any, here: str, log: Path) -> None:
    with Workspace.open(log, verb="test") as workspace:
        accounts.add(workspace, "keyholder", PASSWORD, role="admin")
    tab = signed_in(browser, here, "keyholder")
    device = tab.context.new_cdp_session(tab)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    tab.goto(f"{here}/account")
    tab.get_by_label("What you call it").fill("my stick")
    tab.locator("#passkey-password").fill("wrong words here")
    tab.get_by_role("button", name="Add a passkey").click()
    tab.get_by_text("It was not added").wait_for()
    tab.locator("#passkey-password").fill(PASSWORD)
    tab.get_by_role("button", name="Add a passkey").click()
    tab.get_by_text("The passkey is added").wait_for()
    assert tab.get_by_text("my stick").is_visible()
    assert violations_of(tab, f"{here}/account") == []
    tab.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(tab, "keyholder")
    assert "/sign-in/second" in tab.url
    tab.get_by_role("button", name="Use my passkey").click()
    tab.wait_for_url(f"{here}/")
    tab.get_by_role("button", name="Sign out", exact=True).click()
    authenticator = {"authenticatorId": made["authenticatorId"]}
    device.send("WebAuthn.clearCredentials", authenticator)
    sign_in(tab, "keyholder")
    tab.get_by_role("button", name="Use my passkey").click()
    tab.get_by_text("The device did not answer").wait_for()
    tab.goto(f"{here}/casebook")
    assert "/sign-in" in tab.url
    tab.context.close()


def violations_of(tab: Any, address: str) -> list[Any]:
    """What axe finds; its own script is no part of the page, so the policy is lifted for it."""
    other = tab.context.browser.new_context(bypass_csp=True)
    other.add_cookies(tab.context.cookies())
    looked = other.new_page()
    looked.goto(address)
    found = violations(looked)
    other.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_every_page_is_pictured(
    browser: Any, here: str, log: Path, scheme: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Workspace.open(log, verb="test") as workspace:
        accounts.add(workspace, f"looking {scheme}", PASSWORD, role="admin")
        accounts.note_taken(workspace, address="/publish/take/site", what="", n_bytes=4)
        code, _ = accounts.invite(workspace, "editor", n_hours=2)
    folder = tmp_path_factory.mktemp(f"pictures-accounts-{scheme}")
    tab = watched(browser, color_scheme=scheme, bypass_csp=True)
    found = {}
    for path in ("/sign-in", "/join", f"/join?code={code}"):
        tab.goto(f"{here}{path}")
        if tab.url.startswith(f"{here}/unlock"):
            tab.get_by_role("button", name="Open").click()
        found[path] = violations(tab)
        tab.screenshot(path=folder / f"{len(found)}{path.partition('?')[0].replace('/', '-')}.png")
    tab.goto(f"{here}/sign-in")
    sign_in(tab, f"looking {scheme}")
    for path in ("/account", "/accounts", "/accounts/taken"):
        tab.goto(f"{here}{path}")
        found[path] = violations(tab)
        picture = folder / f"{len(found)}{path.replace('/', '-')}.png"
        tab.screenshot(path=picture, full_page=True)
    tab.context.close()
    wrong = {path: what for path, what in found.items() if what}
    assert wrong == {}, json.dumps(wrong, ensure_ascii=False, indent=1)
