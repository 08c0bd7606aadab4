"""What this workspace is, and its passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.i18n import _
from undersight.web.page import Page
from undersight.workbench import showing_settings

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "settings",
    title=_("Settings"),
    about=_("Name, languages, a second pair of eyes before publishing, the passphrase."),
    menu="/settings",
)


@page.get("/settings")
def show(visit: Visit) -> Response:
    """Show the settings."""
    with visit.reading() as workspace:
        return visit.render(
            "settings.html",
            about=showing_settings.rows(workspace, lang=visit.lang),
            settings=workspace.settings,
            is_plain=workspace.keyring.is_plain,
            idle_minutes=visit.access.idle_s / 60,
        )


@page.post("/settings", needs="admin")
def change(visit: Visit) -> Response:
    """Change what can be changed here."""
    form = visit.form
    languages = (form.text("language"), *form.all("more_languages"))
    wanted = showing_settings.Wanted(
        title=form.text("title")[:200],
        jurisdiction=form.text("jurisdiction").upper(),
        languages=tuple(dict.fromkeys(one for one in languages if one)),
        needs_second_person=form.has("needs_second_person"),
    )
    with visit.writing() as workspace:
        showing_settings.change(workspace, wanted)
    visit.access.desk.read_settings()
    return visit.go("/settings", said=visit.t("The settings are changed."))


@page.post("/settings/passphrase", needs="admin")
def change_passphrase(visit: Visit) -> Response:
    """Change the passphrase that opens the workspace."""
    form = visit.form
    new = visit.typed_twice("new")
    with visit.writing() as workspace:
        showing_settings.change_passphrase(workspace, form.raw("old"), new)
    return visit.go("/settings", said=visit.t("The passphrase is changed."))
