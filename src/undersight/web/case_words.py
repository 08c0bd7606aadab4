"""What a column of somebody's own log can mean, in words."""

from __future__ import annotations

from undersight.i18n import _

CASE_COLUMN_WORDS = {
    "id": _("number of the row"),
    "title": _("headline"),
    "summary": _("what happened"),
    "date": _("when it began"),
    "end": _("when it ended"),
    "act": _("what was done"),
    "victim": _("who was acted upon"),
    "surname": _("family name, where given names stand in a column of their own"),
    "victim_count": _("how many people"),
    "occupation": _("occupation of whoever was acted upon"),
    "gender": _("gender of whoever was acted upon"),
    "member_of": _("party or movement"),
    "status": _("where it left the person"),
    "country": _("country"),
    "region": _("region"),
    "place": _("town"),
    "site": _("building, prison, station, court"),
    "agency": _("office that did or ordered it"),
    "outlet": _("outlet that reports it"),
    "source": _("title or kind of the source"),
    "url": _("address of the source"),
    "provision": _("articles of law"),
    "stated_ground": _("ground that the authorities gave"),
    "believed_ground": _("ground that others believe"),
    "offence": _("offence in words"),
    "platform": _("platform"),
    "sentence": _("penalty in words"),
    "official_statement": _("what an office said of it"),
    "topic": _("tag"),
    "rest": _("keep it in words in the remark"),
    "ignore": _("leave it in the sealed file only"),
}
"""By meaning, English, marked with ``_()``; one that is new here is shown by its id."""
