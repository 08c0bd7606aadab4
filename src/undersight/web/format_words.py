"""Formats of files and ways of looking for groups, in words rather than by their ids."""

from __future__ import annotations

from undersight.i18n import _

FORMAT_REASONS = frozenset(
    {
        _("it begins as a WARC file or is a ZIP file with WARC files in it"),
        _("it is a ZIP file with the folders of Facebook's own archive"),
        _("it is a ZIP file with tables, JSON or chats in it"),
        _("its lines begin with a day, a time and who wrote"),
        _("the header has object_id, account_id, content_id, timestamp_share"),
        _("the header begins with message_id, user_id, username, repost_id"),
        _("the header has publishedAt, authorName, likeCount and a reply column"),
        _("the header has Page Name, Group Name or Account, and Interactions"),
        _("it names its source and has the columns of ExportComments.com"),
        _("it holds posts with author_id and public_metrics or edit history"),
        _("it is a page of Telegram Desktop's export"),
        _("it is a page of facebook.com"),
        _("its columns name accounts and their followers, and no posts"),
        _("its columns name who wrote, what and when; or it is Parquet"),
        _("lines such as “3 h · Like · Reply” stand under its paragraphs"),
    }
)
"""By which sign a format was known: all that importers of posts say of it."""

LOOK_WORDS = {
    "co-comment/page": _("comments under the same page"),
    "co-comment/post": _("comments under the same post"),
    "co-repost/post": _("reposts of the same post"),
    "co-repost/words": _("reposts of the same words"),
    "co-share/domain": _("links to the same site"),
    "co-share/object": _("the same thing shared"),
    "co-share/url": _("the same link shared"),
    "co-text/exact": _("the same words"),
    "co-text/near": _("nearly the same words"),
}
"""By detector and view, English, marked with ``_()``; one that is new here is shown by its ids."""

ROW_WORDS = {
    "account": _("account"),
    "bot": _("bot"),
    "channel": _("channel"),
    "comment": _("comment"),
    "group": _("group"),
    "label": _("label"),
    "other": _("other"),
    "page": _("page"),
    "post": _("post"),
    "profile": _("profile"),
    "reinstatement": _("brought back"),
    "removal": _("removal"),
    "reply": _("reply"),
    "repost": _("repost"),
    "restriction": _("restriction"),
    "unknown": _("not known"),
}
"""By kind of a row of posts, notices or accounts, English, marked with ``_()``."""
