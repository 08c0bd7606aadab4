"""What columns of tables of posts are called, in the tools and languages that people use.

A column gets a meaning only by one of these exact names (letter case, spaces and signs aside) or
because a person said so. Nothing is matched by likeness: a wrong guess looks like a result.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROLES: Final[Mapping[str, str]] = {
    "post_id": "native_id tweet_id tweetid id id_str post_id_str status_id message_id comment_id "
    "content_id reply_id_own commentid messageid şərh_id yorum_id id_комментария "
    "platform_id uri post_uri cid pk comment_pk tweet_id_str item_id "
    "guid message_pk comment_native_id resource_id post_uid",
    "account_id": "account_platform_id account_id author_id user_id userid owner_id from_id "
    "sender_id profile_id "
    "channel_id_author author_channel_id authorchannelid from_user_id_str unique_userid "
    "unique_user_id user account uid hesab_id istifadəçi_id kullanıcı_id hesap_id "
    "id_автора id_пользователя facebook_id user_id_str user_pk author_did "
    "author_channel_id_value from_user_id autor_id creator_id "
    "sender_user_id profile_pk author_meta_id post_owner_id author_account_id "
    "commentor_id reviewer_id commenter_id channel_uid extra_author_attributes_id twitter_id",
    "account_name": "author author_name authorname name display_name user_name full_name "
    "author_fullname user_display_name profile_name account_name profilename "
    "müəllif ad istifadəçi ad_soyad yazan isim yazar kullanıcı автор имя "
    "пользователь author_display_name account_display_name user_name_display from "
    "sender sender_name nickname user_nickname who poster writer commenter "
    "reviewer autor nombre nome nom from_name displayname user_displayname "
    "author_nickname author_meta_nick_name commenter_name commentor_name "
    "commentor_user_name commenter_user_name extra_author_attributes_name influencer "
    "owner_name owner_full_name "
    "user_fullname post_owner_name yorum_yapan şərh_yazan имя_автора "
    "имя_пользователя müəllif_adı yazar_adı comment_author comment_by by post_by "
    "канал сообщество автор_комментария комментатор şərh_yazanın_adı şərhi_yazan "
    "şərh_müəllifi yorumu_yapan yorumcu yorum_sahibi kim кто name_click_to_view_profile "
    "اسم_المستخدم المستخدم الاسم اسم_الحساب المعلق صاحب_التعليق کاربر نام_کاربر نام_کاربری "
    "نام نویسنده",
    "account_handle": "username handle screen_name user_screen_name author_username "
    "author_screen_name ownerusername unique_id login istifadəçi_adı "
    "kullanıcı_adı логин ник author_handle account_acct account_username "
    "account_handle user_login from_username author_unique_id author_screenname "
    "owner_username author_meta_name post_owner_username commenter_username "
    "commentor_username kullanici_adi extra_author_attributes_short_name "
    "from_user twitter_screen_name from_user_screen_name user_username sender_username "
    "commenter_handle user_handle poster_username sender_screen_name",
    "account_url": "author_url profile_url user_url account_url profileurl profil_linki "
    "author_profile profile_link commenter_profile author_link user_link "
    "commenter_profile_url ссылка_на_профиль profil_bağlantısı user_profile_url "
    "extra_author_attributes_url channel_profile_url ссылка_на_канал ссылка_на_сообщество "
    "ссылка_на_автора ссылка_на_пользователя profilin_linki profil_ünvanı profilin_ünvanı "
    "رابط_الملف_الشخصي رابط_الحساب لینک_پروفایل",
    "account_kind": "account_type user_type author_type hesab_növü hesap_türü тип_аккаунта "
    "owner_type post_owner_type",
    "account_category": "page_category kateqoriya kategori категория",
    "account_created": "account_creation_date account_created author_created_at user_created_at "
    "page_created account_created_at author_created account_creation",
    "n_followers": "followers follower_count followers_count n_followers author_followers "
    "izləyici takipçi подписчики user_followers_count account_followers_count "
    "account_subscriber_count subscriber_count subscribers author_meta_fans "
    "stats_follower_count public_metrics_followers_count "
    "author_public_metrics_followers_count fans subscribers_count page_followers",
    "n_following": "following following_count friends_count n_following user_friends_count "
    "account_following_count author_public_metrics_following_count",
    "text": "text body content message comment comment_text tweet_text full_text "
    "post_text post_content caption published_text_body mətn şərh məzmun metin "
    "yorum içerik текст комментарий сообщение содержание text_original "
    "text_display content_text tweet review review_text record_text "
    "post_record_text comment_body comment_content message_text texto texte testo "
    "mensaje desc video_description comments_text full_comment commentor_text "
    "selftext description_text ad_text şərh_mətni yorum_metni текст_комментария "
    "текст_сообщения comment_message status_message post_message raw_content "
    "rendered_content caption_text post_body_text hit_sentence opening_text "
    "şərhin_mətni yorumun_metni nə_yazıb ne_yazmış что_написал что_написано "
    "التعليق نص_التعليق النص المحتوى نظر متن_نظر متن دیدگاه",
    "time": "tweet_created_at unix_timestamp timestamp_unix unix_time epoch date_unixtime "
    "created_utc timestamp time published_at publishedat created_at created_time creation_time "
    "publish_date published date datetime tweet_time post_created "
    "create_time timestamp_share timestamp_us tarix vaxt zaman tarih дата время "
    "дата_и_время timestamp_ms created_ms published_time published_on posted_at "
    "post_date comment_date comment_time review_date review_time created_on "
    "created create_date datetime_utc date_time utc_time taken_at createdat "
    "record_created_at post_record_created_at child_timestamp timestamp_utc fecha "
    "create_time_iso commented_at added_at date_posted date_published posted "
    "posted_on posted_date published_at_sql upload_date taken_at_timestamp "
    "timestamp_iso date_created created_date creation_date ad_creation_date "
    "şərh_tarixi yorum_tarihi paylaşım_tarihi дата_публикации дата_комментария "
    "дата_создания tarih_saat tarix_saat comment_published status_published "
    "post_published post_published_unix created_at_utc pub_date date_ms date_utc when когда "
    "nə_vaxt ne_zaman şərhin_vaxtı şərhin_tarixi yorumun_tarihi yorum_zamanı "
    "التاريخ تاريخ_التعليق تاريخ_النشر وقت_النشر الوقت تاریخ تاریخ_انتشار زمان",
    "age": "age time_ago relative_time published_time_text",
    "parent_id": "parent_id parent_comment_id in_reply_to_id in_reply_to_status_id "
    "in_reply_to_tweetid reply_to_comment_id reply_to_id reply_to replied_to reply_id isreplytoid "
    "in_reply_to_status_id_str reply_to_message_id reply_to_msg_id parent "
    "reply_to_message reply_to_post_id in_reply_to_post_id reply_parent_id cavab_id "
    "in_reply_to replying_to record_reply_parent_uri post_record_reply_parent_uri "
    "replies_to_id referenced_tweets_replied_to_id reply_to_tweet_id "
    "parent_comment replied_to_post_id reply_to_cid",
    "root_id": "root_id thread_id conversation_id video_id videoid parent_post_id "
    "commented_post_id topic_id media_id record_reply_root_uri "
    "post_record_reply_root_uri conversation_id_str post_pk root_post_id discussion_id",
    "repost_of_id": "repost_of_id repost_id retweet_id retweet_tweetid retweeted_id "
    "retweeted_status_id shared_post_id repost_of retweeted_status_id_str "
    "reblog_id referenced_tweets_retweeted_id retweeted_tweet_id retweet_of_id",
    "target_id": "target_id target page_id group_id chat_id surface_id subreddit_id",
    "target_name": "target_name page_name group_name chat chat_name səhifə sayfa страница "
    "surface_name subreddit channel_name community_name",
    "target_url": "target_url page_url group_url",
    "object": "object_id object",
    "link": "url_shared shared_url expanded_url link_url urls links external_url "
    "entities_urls expanded_urls expanded_links outlinks link_attachment_link url_id "
    "shared_link shared_links status_link canonical_url",
    "domain": "domain domains domain_id link_domain",
    "hashtag": "hashtags hashtag entities_hashtags tags hashtag_id hashtag_names",
    "mention": "mentions mention user_mentions entities_user_mentions",
    "media": "media_url image_url photo_url media_hash phash_id",
    "url": "url link permalink post_url comment_url tweet_url status_url web_url "
    "post_link video_url web_video_url tiktok_url mcl_url permalink_url "
    "tweet_link tweet_permalink comment_link ссылка ссылка_на_пост gönderi_linki "
    "gönderi_bağlantısı video_linki paylaşım_linki post_linki ссылка_на_видео "
    "ссылка_на_комментарий şərhin_linki yorum_linki",
    "lang": "lang language language_guess tweet_language dil язык",
    "is_reply": "is_reply isreply is_comment_on_comment threading_depth",
    "is_repost": "is_repost is_retweet retweet",
    "kind": "post_type_kind kind thread_entry_type tweet_type data_type",
    "n_likes": "likes like_count likecount n_likes likes_count favorite_count "
    "favourites_count reactions bəyənmə beğeni лайки favourite_count digg_count "
    "statistics_actual_like_count like_num votes upvotes like likes_num num_likes "
    "reaction_count reactions_count total_reactions ups score favorites "
    "statistics_like_count statistics_reaction_count public_metrics_like_count "
    "stats_digg_count bəyənmə_sayı beğeni_sayısı лайков количество_лайков "
    "comment_like_count vote_count num_reactions likes_count_fb comment_likes twitter_likes "
    "engagement_data_like_count нравится лайк отметок_нравится bəyənmələr "
    "bəyənmələrin_sayı beğeniler beğenilerin_sayısı الإعجابات عدد_الإعجابات إعجابات "
    "پسندها تعداد_پسند لایک تعداد_لایک",
    "n_replies": "replies reply_count replycount n_replies comment_count comments_count "
    "replies_count statistics_actual_comment_count comments_num replies_num "
    "num_comments n_comments reply_comment_total total_reply_count "
    "comments_number statistics_comment_count public_metrics_reply_count "
    "statistics_reply_count num_replies stats_comment_count cavablar yanıtlar ответы "
    "comments_count_fb comments комментарии şərhlər yorumlar twitter_reply_count "
    "engagement_data_comment_count cavab_sayı cavabların_sayı yanıt_sayısı "
    "количество_ответов ответов الردود عدد_الردود پاسخ‌ها تعداد_پاسخ",
    "n_shares": "shares share_count n_shares retweet_count retweets reposts repost_count "
    "reblogs_count statistics_actual_share_count forwards statistics_share_count "
    "public_metrics_retweet_count stats_share_count shares_count_fb num_shares "
    "репосты пересылки paylaşımlar paylaşım_sayı paylaşım_sayısı twitter_retweets "
    "engagement_data_share_count",
    "n_views": "views view_count n_views impression_count play_count plays statistics_views "
    "public_metrics_impression_count stats_play_count baxış görüntülenme "
    "просмотры",
    "platform": "platform network platform_name",
    "observed": "observed observed_at collected_at retrieved_at crawled retrieved_on "
    "scraped_at extracted_at collected_on timestamp_collected twarc_retrieved_at "
    "scrape_date",
}
REST: Final = "rest"
# Where a table has several columns of one role, what they hold is told apart by these.
_AMBIGUOUS_POST_ID = "post_id"
# Objects of interfaces' answers that only hold the fields of the record itself.
_CONTAINERS: Final = frozenset(
    (
        *("snippet", "top_level_comment", "post", "record", "data", "attributes", "node"),
        *("legacy", "comment", "tweet"),
    )
)
_SIGNS = re.compile(r"[\W_]+")


def folded(column: str) -> str:
    """Return a column name without case, spaces and signs, by which it is looked up."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column.strip())
    if spaced.upper() == column.strip():
        spaced = column.strip()
    lowered = spaced.replace("İ", "i").lower()
    return _SIGNS.sub("_", lowered).strip("_")


def _by_name() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    listed = [
        (role, rank, folded(name))
        for role, names in ROLES.items()
        for rank, name in enumerate((role, *names.split()))
    ]
    for role, rank, name in listed:
        found.setdefault(name, (role, rank))
    for role, rank, name in listed:
        found.setdefault(name.replace("_", ""), (role, rank))
    return found


_BY_NAME: Final = _by_name()


def curated_roles(columns: Sequence[str]) -> dict[str, int]:
    """Return the column of each role that the names tell, the best known name first.

    Args:
        columns: The header.
    """
    names = [folded(_without_containers(column)) for column in columns]
    found = best_named(names, _BY_NAME)
    _settle_post_id(names, found)
    _settle_author(names, found)
    _settle_link(names, found)
    if {"guid", "description"} <= set(names) and {"pubdate", "pub_date"} & set(names):
        # Netlytic's form, that of a feed: ``id`` is a row's number, the title a piece of the text.
        found["post_id"] = names.index("guid")
        found.setdefault("text", names.index("description"))
        if "link" in names:
            found.setdefault("url", names.index("link"))
            found.pop("link", None)
    return found


def best_named(names: Sequence[str], by_name: Mapping[str, tuple[str, int]]) -> dict[str, int]:
    """Return the place of the best known name of each role.

    Args:
        names: Names of columns, folded.
        by_name: Role and rank of each known name, the best rank 0.
    """
    ranked: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        role, rank = by_name.get(name) or by_name.get(name.replace("_", ""), ("", 0))
        if role and (role not in ranked or rank < ranked[role][0]):
            ranked[role] = (rank, place)
    return {role: place for role, (_, place) in ranked.items()}


def is_time(name: str) -> bool:
    """Whether a folded name is one of columns of times."""
    return _BY_NAME.get(name, ("", 0))[0] == "time"


def n_known(cells: Sequence[str]) -> int:
    """Return how many cells are names of columns that are known here.

    Args:
        cells: A row that may be a header.
    """
    names = [folded(_without_containers(cell)) for cell in cells]
    return sum(1 for name in names if name in _BY_NAME or name.replace("_", "") in _BY_NAME)


def _without_containers(column: str) -> str:
    """A nested field's name without what only contains it: ``snippet.text`` is ``text``."""
    parts = column.split(".")
    while len(parts) > 1 and folded(parts[0]) in _CONTAINERS:
        del parts[0]
    return ".".join(parts)


def _settle_post_id(names: Sequence[str], found: dict[str, int]) -> None:
    """``post_id`` is a row's own id, unless another column is: then it is where the row stands."""
    if _AMBIGUOUS_POST_ID not in names:
        return
    place = names.index(_AMBIGUOUS_POST_ID)
    own = [n for n in ("comment_id", "commentid", "id", "reply_id_own") if n in names]
    if own:
        found["post_id"] = names.index(own[0])
        found.setdefault("root_id", place)
    else:
        found["post_id"] = place


def _settle_author(names: Sequence[str], found: dict[str, int]) -> None:
    """``author`` beside a fuller name is a handle, as 4CAT writes it."""
    if "author" in names and found.get("account_name") == names.index("author"):
        fuller = [n for n in ("author_name", "author_fullname", "author_full") if n in names]
        if fuller:
            found["account_name"] = names.index(fuller[0])
            found.setdefault("account_handle", names.index("author"))


def _settle_link(names: Sequence[str], found: dict[str, int]) -> None:
    """``url`` beside ``link``: the first is the post's own address, the second what it shares."""
    if "url" in names and "link" in names:
        found["url"] = names.index("url")
        found.setdefault("link", names.index("link"))
