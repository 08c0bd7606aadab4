"""What a column of a table of posts can mean, in words."""

from __future__ import annotations

from undersight.i18n import _

COLUMN_WORDS = {
    "post_id": _("id of the post or comment"),
    "account_id": _("id of whoever wrote"),
    "account_name": _("name of whoever wrote"),
    "account_handle": _("handle of whoever wrote"),
    "account_url": _("address of whoever wrote"),
    "account_kind": _("kind of account"),
    "account_category": _("category of the page"),
    "account_created": _("when the account was made"),
    "n_followers": _("number of followers"),
    "n_following": _("number of accounts it follows"),
    "text": _("text"),
    "time": _("time"),
    "age": _("how long ago, such as “3 h”"),
    "parent_id": _("id of what it answers"),
    "root_id": _("id of the post it stands under"),
    "repost_of_id": _("id of the post it repeats"),
    "target_id": _("id of the page or group"),
    "target_name": _("name of the page or group"),
    "target_url": _("address of the page or group"),
    "object": _("what was shared, by any id"),
    "link": _("link that was shared"),
    "domain": _("site that was linked to"),
    "hashtag": _("hashtags"),
    "mention": _("who is mentioned"),
    "media": _("picture or video"),
    "url": _("address of the post or comment"),
    "lang": _("language"),
    "is_reply": _("whether it answers a comment"),
    "is_repost": _("whether it repeats a post"),
    "kind": _("post or comment"),
    "n_likes": _("number of likes"),
    "n_replies": _("number of replies"),
    "n_shares": _("number of shares"),
    "n_views": _("number of views"),
    "platform": _("platform"),
    "observed": _("when it was collected"),
    "rest": _("nothing of this: leave it out"),
}
"""By meaning, English, marked with ``_()``; one that is new here is shown by its id."""
