"""What a table as a whole tells of its rows: whether they are comments, and of which platform.

Only exact signs are taken: names of columns and addresses in cells. What was concluded is said in
a note, and what a person says goes before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersight.importers.column_names import folded, is_time
from undersight.importers.permalinks import permalink, platform_of, root_id
from undersight.importers.tool_columns import settle_tools
from undersight.text.url import url_host

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undersight.model.corpus_rows import AccountKind

    Step = Callable[[Sequence[str]], str]

TARGETS: Final = frozenset({"target_id", "target_name", "target_url"})
UNDER: Final = frozenset({"parent_id", "root_id", *TARGETS})
_OWNERS: Final[dict[str, AccountKind]] = {"page": "page", "group": "group", "channel": "channel"}
_COMMENT_COLUMNS: Final = frozenset(
    (
        *("comment", "comment_text", "comment_id", "commentid", "comment_url", "comment_link"),
        *("comment_message", "comment_author", "comment_by", "comment_published"),
        *("comment_date", "comment_time", "comment_body", "comment_content", "full_comment"),
        *("commenter_name", "commentor_user_name", "commenter", "threading_depth", "cid"),
        *("reply_comment_total", "comments_text", "comment_pk", "is_comment_on_comment"),
        *("şərh", "şərh_mətni", "yorum", "yorum_metni", "yorum_yapan", "şərh_yazan"),
        *("комментарий", "текст_комментария", "id_комментария", "şərh_id", "yorum_id"),
        *("автор_комментария", "комментатор", "дата_комментария", "ссылка_на_комментарий"),
        *("şərhin_mətni", "şərhin_vaxtı", "şərhin_tarixi", "şərh_tarixi", "şərhin_linki"),
        *("şərh_yazanın_adı", "şərhi_yazan", "şərh_müəllifi", "yorum_tarihi", "yorum_linki"),
        *("yorumu_yapan", "yorumcu", "yorum_sahibi", "yorumun_metni", "yorumun_tarihi"),
        *("التعليق", "نص_التعليق", "تاريخ_التعليق", "المعلق", "صاحب_التعليق"),
        *("نظر", "متن_نظر", "دیدگاه"),
    )
)
# Two of these are a table of comments, whatever stands beside them.
_TOLD_TWICE: Final = frozenset(
    (
        *("comment_text", "comment_message", "comment_author", "comment_date", "comment_time"),
        *("comment_body", "comment_content", "comment_by", "commenter_name", "commenter"),
        *("текст_комментария", "автор_комментария", "дата_комментария", "комментатор"),
        *("şərh_mətni", "şərhin_mətni", "şərh_yazan", "şərh_yazanın_adı", "şərhi_yazan"),
        *("şərh_tarixi", "şərhin_tarixi", "şərhin_vaxtı", "yorum_metni", "yorumun_metni"),
        *("yorum_yapan", "yorumu_yapan", "yorum_tarihi", "yorumun_tarihi", "yorumcu"),
        *("نص_التعليق", "تاريخ_التعليق", "المعلق", "صاحب_التعليق"),
    )
)
_AUTHORS: Final = frozenset({"author", "автор", "müəllif", "yazar", "المؤلف", "نویسنده"})
_COMMENT_TEXTS: Final = (
    *("comment_message", "comment_text", "comment", "comment_body", "comment_content"),
    *("full_comment", "şərh", "yorum", "комментарий", "текст_комментария", "şərh_mətni"),
    *("şərhin_mətni", "yorum_metni", "yorumun_metni", "التعليق", "نص_التعليق", "نظر"),
)
# Where these stand empty, a row is a post of its own, not a comment under something.
_ANSWER_COLUMNS: Final = frozenset(
    (
        *("in_reply_to_id", "in_reply_to_status_id", "in_reply_to_status_id_str"),
        *("in_reply_to_tweetid", "in_reply_to_tweet_id", "conversation_id"),
        *("conversation_id_str", "referenced_tweets_replied_to_id", "replied_to_post"),
        *("record_reply_parent_uri", "reply_to_msg_id", "reply_to_message_id"),
    )
)
_OWN_POST_COLUMNS: Final = frozenset(
    ("post_owner_id", "tweet_text", "tweetid", "tweet_id", "channel_uid", "selftext")
)
# What a post shares, where ``link`` is its own address.
_SHARED_BESIDE: Final = ("urls", "expanded_url", "expanded_urls", "outlinks")
# Addresses of the post above, when a table is one of comments.
_ROOT_ADDRESSES: Final = (
    *("post_url", "facebook_url", "video_web_url", "video_url", "media_url", "post_link"),
    *("submitted_video_url", "input_url", "url_post", "gönderi_linki", "gönderi_bağlantısı"),
    *("video_linki", "paylaşım_linki", "paylaşımın_linki", "post_linki", "videonun_linki"),
    *("ссылка_на_пост", "ссылка_на_видео", "ссылка_на_запись", "адрес_поста"),
)
# What may be the post above, where each cell is the address of one.
_ROOT_WORDS: Final = ("post", "video", "gönderi", "paylaşım", "пост", "запись", "видео")
_COMMENT_ADDRESS = re.compile(r"[?&](?:comment_id|lc)=|/c/\d+|/comments/\w+/[^/]*/\w+")
_PLATFORM_WORDS: Final = {
    "tweet": "x", "tweetid": "x", "tweets": "x", "retweet": "x", "retweets": "x",
    "twitter": "x", "subreddit": "reddit", "facebook": "facebook", "tiktok": "tiktok",
    "instagram": "instagram", "youtube": "youtube", "telegram": "telegram",
    "forwarded": "telegram",
}  # fmt: skip
_ID_SIGNS: Final = (
    ("youtube", re.compile(r"UC[\w-]{22}|Ug[\w-]{24}(?:\.[\w-]+)?")),
    ("bluesky", re.compile(r"did:(?:plc|web):.+|at://.+")),
)
_SHOWN_OF_POSTS: Final = frozenset(
    (
        *("n_likes", "n_replies", "n_views", "is_reply", "root_id", "parent_id"),
        *("account_url", "url", "lang"),
    )
)
_NAMES_OF_ANYBODY: Final = frozenset(
    {"name", "ad", "isim", "имя", "who", "nombre", "nome", "nom", "kim", "кто", "الاسم", "نام"}
)
_CHAT_AND_NUMBER = re.compile(r"(-?\d+-)\d+")
_LEAST_COLUMNS = 3
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?")
_WHOLE_TIME = re.compile(r"\S*\d\S*[ T]\d{1,2}:\d{2}\S*.*")
_DAY = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})")


class TableSense:
    """Looks at the names and first rows of a table.

    Args:
        columns: Names of its columns.
        roles: Column number by role; what is concluded is put in.
        seen: The cells of its first rows.
    """

    def __init__(
        self, columns: Sequence[str], roles: dict[str, int], seen: Sequence[Sequence[str]]
    ) -> None:
        self._names = [folded(name) for name in columns]
        self._columns, self.roles, self.seen = columns, roles, seen
        self.steps: list[Step] = []
        self._used: set[int] = set()
        self.account_kind: AccountKind = "unknown"
        self.known_platform = ""
        self._is_own = False

    def add(self, role: str, step: Step, *places: int) -> None:
        """Give a role to a further cell, made of the others of its row.

        Args:
            role: Its meaning.
            step: Makes it.
            places: Numbers of the columns that it is made of.
        """
        self._used.update(places)
        self.roles[role] = len(self._columns) + len(self.steps)
        self.steps.append(step)

    def unread(self) -> dict[str, int]:
        """Columns that no role takes and nothing is made of, each with its number."""
        used = self._used | set(self.roles.values())
        named = enumerate(zip(self._columns, self._names, strict=True))
        return {column: n for n, (column, name) in named if name and n not in used}

    def are_comments(self) -> bool:
        """Whether rows are comments where nothing in them says otherwise."""
        if "text" not in self.roles:
            return False
        names = set(self._names)
        if names & _COMMENT_COLUMNS or self._has_comment_addresses():
            return True
        under = {one for one in UNDER & self._own_roles() if not self.seen or self._cells(one)}
        found = {self._names[self.roles[one]] for one in under}
        # What can be passed on is a post of its own, under whatever name of a page it stands.
        if self._is_own or names & _OWN_POST_COLUMNS or "n_shares" in self.roles:
            found -= {self._names[self.roles[one]] for one in TARGETS & self._own_roles()}
        return bool(found - _ANSWER_COLUMNS)

    def is_no_table_of_cases(self) -> bool:
        """Whether a table of comments without ids is surely none of people and what befell them.

        Likes and replies are shown of posts only; else every column must be one of posts.
        """
        told = _TOLD_TWICE & set(self._names)
        if self.roles.keys() & _SHOWN_OF_POSTS or len(told) > 1 or (told and self._is_by_author()):
            return True
        is_named = self._names[self.roles.get("account_name", 0)] not in _NAMES_OF_ANYBODY
        named = {place for place in self.roles.values() if place < len(self._names)}
        filled = {place for place, name in enumerate(self._names) if name}
        return is_named and filled <= named and len(filled) >= _LEAST_COLUMNS

    def platform(self) -> str:
        """The platform that addresses, ids or names of columns tell; empty where they differ."""
        if self.known_platform:
            return self.known_platform
        found = {
            platform_of(cell)
            for role in ("url", "root_url", "account_url", "target_url")
            for cell in self._cells(role)
        } - {""}
        found |= {platform_of_ids(self._cells(role)) for role in ("account_id", "post_id")} - {""}
        if not found:
            words = {word for name in self._names for word in name.split("_")}
            found = {_PLATFORM_WORDS[word] for word in words & _PLATFORM_WORDS.keys()}
        return found.pop() if len(found) == 1 else ""

    def settle(self, *, are_comments: bool) -> None:
        """Put right what single names cannot tell.

        Args:
            are_comments: Whether the rows are comments.
        """
        self._settle_owner()
        self._settle_profile()
        self._settle_messages()
        self._settle_media()
        self._settle_link()
        self._settle_clock()
        if are_comments:
            self._settle_root()

    def settle_first(self) -> None:
        """Put right what tools are known to call otherwise than all others."""
        roles, names = self.roles, self._names
        if "video_description" in names and "post_id" not in roles and "root_id" in roles:
            roles["post_id"] = roles.pop("root_id")
        settle_tools(self, names)
        self._settle_thread()
        self._settle_chat()
        self._settle_comment()
        seen_at = next((one for one in ("comment_date", "date") if one in names), "")
        if seen_at and "query" in names and names[roles.get("time", 0)] == "timestamp":
            roles["observed"] = roles["time"]
            roles["time"] = names.index(seen_at)

    def _settle_thread(self) -> None:
        """A post of Reddit has a title, and beside its own address one that it shares."""
        roles, names = self.roles, self._names
        if "subreddit" not in names or "selftext" not in names:
            return
        if {"url", "permalink"} <= set(names):
            roles |= {"url": names.index("permalink"), "link": names.index("url")}
        text = roles.get("text", -1)
        if "title" in names and text == names.index("selftext"):
            title = names.index("title")
            self.add(
                "text",
                lambda cells: "\n\n".join(filter(None, (cells[title], cells[text]))),
                *(title, text),
            )

    def _settle_comment(self) -> None:
        """Beside what is said of the post above, a comment's own text and id are the row's."""
        roles, names = self.roles, self._names
        own = next((one for one in _COMMENT_TEXTS if one in names), "")
        if own and names[roles.get("text", 0)].startswith(("post_", "status_", "video_")):
            roles["text"] = names.index(own)
        place = roles.get("post_id", -1)
        if not 0 <= place < len(names) or names[place] == "comment_id":
            return
        if "comment_id" not in names:
            return
        if names[place] != "id" or "parent_comment_id" in names:
            roles["post_id"] = names.index("comment_id")
            if names[place] != "id":
                roles.setdefault("root_id", place)

    def _settle_profile(self) -> None:
        """The address of a profile tells more than a name does."""
        place = self.roles.get("account_url", -1)
        if place >= 0 and not self.roles.keys() & {"account_id", "account_handle"}:
            self.add(
                "account_id", lambda cells: _owner(cells[place]) if cells[place] else "", place
            )

    def _settle_messages(self) -> None:
        """Ids of messages are unique within one chat only."""
        roles, names = self.roles, self._names
        own = roles.get("post_id", -1)
        if not 0 <= own < len(names) or not (names[own] == "message_id" or "chat" in names):
            return
        place = roles.get("target_id", roles.get("target_name", -1))
        if place < 0:
            return
        if names[roles.get("root_id", own)] == "thread_id":
            del roles["root_id"]
        answered = roles.get("parent_id", -1)
        self.add(
            "post_id",
            lambda cells: f"{cells[place]}/{cells[own]}" if cells[own] else "",
            *(place, own),
        )
        if answered >= 0:
            self.add("parent_id", lambda cells: _answered(cells, place, own, answered), answered)
        handle = roles.get("account_handle", -1)
        if "kind" not in roles and handle >= 0:
            # What bears the chat's own name is the channel's.
            self.add("kind", lambda cells: "post" if cells[handle] == cells[place] else "")

    def _settle_owner(self) -> None:
        """``ownerId`` beside ``username`` is the post's owner, not who comments."""
        roles, names = self.roles, self._names
        handle = roles.get("account_handle", -1)
        place = roles.get("account_id", -1)
        is_owner = place >= 0 and names[place] == "owner_id"
        if is_owner and 0 <= handle < len(names) and not names[handle].startswith("owner"):
            roles.setdefault("target_id", roles.pop("account_id"))

    def _settle_chat(self) -> None:
        """Where people write in a channel, it is where they write; else it writes itself."""
        roles, names = self.roles, self._names
        told = roles.keys() & {"account_id", "account_handle", "account_name"}
        place = names.index("channel_id") if "channel_id" in names else -1
        if place >= 0 and roles.get("account_id") != place:
            roles.setdefault("target_id" if told else "account_id", place)
        if told or "text" not in roles or set(names) & _COMMENT_COLUMNS:
            return
        for role, other in (("target_id", "account_id"), ("target_name", "account_name")):
            if role in roles:
                roles.setdefault(other, roles[role])
                self._is_own = True
                kind = names[roles[role]].partition("_")[0]
                self.account_kind = _OWNERS.get(kind, self.account_kind)

    def _settle_domain(self) -> None:
        """The domain on which each row itself stands is nothing that it shares."""
        domain, url = self.roles.get("domain", -1), self.roles.get("url", -1)
        if not 0 <= min(domain, url) <= max(domain, url) < len(self._columns):
            return
        both = [(cells[domain], cells[url]) for cells in self.seen if cells[domain] and cells[url]]
        if both and all(url_host(at) == url_host(f"https://{told}") for told, at in both):
            del self.roles["domain"]

    def _settle_link(self) -> None:
        """``Link`` to a post on each row, where nothing else is its address, is its own."""
        self._settle_domain()
        roles, cells = self.roles, self._cells("link")
        place = roles.get("link", -1)
        if "url" in roles or not cells or self._names[place] != "link":
            return
        told = {permalink(cell).platform if permalink(cell).post_id else "" for cell in cells}
        if len(told) == 1 and told != {""}:
            roles["url"] = roles.pop("link")
            shared = next((one for one in _SHARED_BESIDE if one in self._names), "")
            if shared:
                roles["link"] = self._names.index(shared)

    def _settle_media(self) -> None:
        """``media`` may be a newspaper: only addresses and digests are pictures."""
        place = self.roles.get("media", -1)
        if place >= 0 and self._names[place] == "media":
            cells = self._cells("media")
            if not any("/" in cell or "." in cell for cell in cells):
                del self.roles["media"]

    def _settle_clock(self) -> None:
        """A column of days and one of clocks are one time."""
        roles = self.roles
        place = roles.get("time", -1)
        if not 0 <= place < len(self._columns):
            return
        if self._all(place, _CLOCK):
            whole = [n for n, name in enumerate(self._names) if is_time(name)]
            whole = [n for n in whole if self._all(n, _WHOLE_TIME)]
            if whole:
                roles["time"] = whole[0]
                return
            days = [n for n in range(len(self._columns)) if n != place and self._all(n, _DAY)]
            day, clock = (days[0] if days else -1), place
        elif self._all(place, _DAY):
            clocks = [n for n in range(len(self._columns)) if self._all(n, _CLOCK)]
            day, clock = place, (clocks[0] if len(clocks) == 1 else -1)
        else:
            return
        if day >= 0 and clock >= 0:
            self.add("time", lambda cells: f"{cells[day]} {cells[clock]}".strip(), day, clock)

    def _settle_root(self) -> None:
        """The address of the post above tells its id and whose page it is."""
        roles, names = self.roles, self._names
        named = [names.index(one) for one in (*_ROOT_ADDRESSES, *_ROOT_WORDS) if one in names]
        place = next((n for n in named if names[n] in _ROOT_ADDRESSES or self._are_posts(n)), -1)
        if place < 0:
            return
        for role in ("url", "link", "media"):
            if roles.get(role) == place:
                del roles[role]
        roles["root_url"] = place
        if "root_id" not in roles:
            self.add("root_id", lambda cells: root_id(cells[place]) if cells[place] else "", place)
        if not roles.keys() & {"target_id", "target_name"}:
            self.add("target_id", lambda cells: _owner(cells[place]), place)

    def _is_by_author(self) -> bool:
        return bool(_AUTHORS & set(self._names))

    def _are_posts(self, place: int) -> bool:
        cells = {cells[place].strip() for cells in self.seen} - {""}
        return bool(cells) and all(map(platform_of, cells))

    def _has_comment_addresses(self) -> bool:
        cells = self._cells("url")
        return bool(cells) and all(_COMMENT_ADDRESS.search(cell) for cell in cells)

    def _own_roles(self) -> set[str]:
        return {role for role, place in self.roles.items() if place < len(self._names)}

    def _cells(self, role: str) -> list[str]:
        place = self.roles.get(role, -1)
        if not 0 <= place < len(self._columns):
            return []
        return [cells[place].strip() for cells in self.seen if cells[place].strip()]

    def all_are(self, sign: re.Pattern[str], *places: int) -> bool:
        """Whether all filled cells of some columns are built so, and each column has one.

        Args:
            sign: How they are built.
            places: Numbers of the columns; true before any row was seen.
        """
        return not self.seen or all(self._all(place, sign) for place in places)

    def _all(self, place: int, sign: re.Pattern[str]) -> bool:
        cells = [cells[place].strip() for cells in self.seen if cells[place].strip()]
        return bool(self._names[place] and cells) and all(map(sign.fullmatch, cells))


def platform_of_ids(ids: Sequence[str]) -> str:
    """Return the platform whose ids alone are built so; empty for none.

    Args:
        ids: Ids of posts or accounts, none empty.
    """
    found = (name for name, sign in _ID_SIGNS if ids and all(map(sign.fullmatch, ids)))
    return next(found, "")


def _answered(cells: Sequence[str], place: int, own: int, answered: int) -> str:
    """The id of the message answered, whose number stands as that of the chat's others do."""
    if not cells[answered]:
        return ""
    chat = _CHAT_AND_NUMBER.fullmatch(cells[own])
    is_bare = chat and cells[answered].isdigit()
    number = f"{chat[1]}{cells[answered]}" if chat and is_bare else cells[answered]
    return f"{cells[place]}/{number}"


def _owner(address: str) -> str:
    at = permalink(address)
    return at.owner_id or (f"@{at.owner}" if at.owner else "")


def likely(columns: Sequence[str], words: Sequence[str]) -> str:
    """Return a column to name in an example; empty where none looks like it.

    A person decides, so likeness of whole words is good enough.

    Args:
        columns: Names of columns.
        words: What it may be called, the best first.
    """
    parts = {name: folded(name).split("_") for name in columns}
    return next((name for word in words for name in columns if word in parts[name]), "")
