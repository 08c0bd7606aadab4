"""Web addresses: one form for all forms of an address, fanged or defanged."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DEFAULT_PORTS = {"http": 80, "https": 443, "ftp": 21}
_TRACKING_PREFIXES = ("utm_", "mc_", "__cft__", "__tn__", "_hs", "pk_", "mtm_", "hsa_", "__xts__")
_TRACKING = _words(
    """
    fbclid gclid dclid gbraid wbraid msclkid yclid ysclid igshid igsh mibextid twclid
    ttclid si feature ref ref_src ref_url refsrc fref hc_ref hc_location eid __so__ __rv__
    _rdr rdid share_id ocid cmpid spm smid sfnsn wtsid paipv eav notif_id notif_t acontext
    extid _openstat vero_id vero_conv oly_anon_id oly_enc_id wickedid ab_channel
    """
)
_SAFE_IN_PATH = "/:@!$&'()*+,;=-._~"

_FACEBOOK_HOSTS = _words(
    """
    facebook.com www.facebook.com m.facebook.com mbasic.facebook.com web.facebook.com
    touch.facebook.com az-az.facebook.com ru-ru.facebook.com tr-tr.facebook.com en-
    gb.facebook.com free.facebook.com 0.facebook.com fb.com www.fb.com m.fb.com
    """
)
_YOUTUBE_HOSTS = _words(
    """
    youtube.com www.youtube.com m.youtube.com music.youtube.com youtube-nocookie.com
    www.youtube-nocookie.com
    """
)
_X_HOSTS = _words(
    """
    twitter.com www.twitter.com mobile.twitter.com m.twitter.com x.com www.x.com
    """
)
_SAME_HOST = {
    **dict.fromkeys(_FACEBOOK_HOSTS, "www.facebook.com"),
    **dict.fromkeys(_YOUTUBE_HOSTS, "www.youtube.com"),
    **dict.fromkeys(_X_HOSTS, "x.com"),
    "instagram.com": "www.instagram.com",
    "m.instagram.com": "www.instagram.com",
    "tiktok.com": "www.tiktok.com",
    "m.tiktok.com": "www.tiktok.com",
    "telegram.me": "t.me",
    "www.t.me": "t.me",
    "m.vk.com": "vk.com",
    "www.vk.com": "vk.com",
    "vkontakte.ru": "vk.com",
}
_YOUTUBE_VIDEO_PATH = re.compile(r"^/(?:embed|shorts|live|v)/([\w-]{6,})/?$")
_HTTPS_ONLY = frozenset(_SAME_HOST.values())

# An address that is in its one form already, as most are: nothing to escape, drop or lengthen.
_IN_ONE_FORM = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/?", re.ASCII
)
_OTHER_FORMS = frozenset({*_SAME_HOST, *_SAME_HOST.values(), "youtu.be", "fb.watch"})

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BARE_HOST = re.compile(r"^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")
_DEFANGED_SCHEME = re.compile(
    r"\b(?:hxxp|h\*\*p|hXXp|htxp|meow)(?P<s>s?)(?=\s*\[?:)", re.IGNORECASE
)
_DEFANGED_SEPARATOR = re.compile(r"\[(?P<colon>:)\]|\[://\]|\[:/{2}\]")
_DEFANGED_DOT = re.compile(
    r"\s?\[\s*(?:\.|dot)\s*\]\s?|\s?\(\s*(?:\.|dot)\s*\)\s?|\s?\{\s*(?:\.|dot)\s*\}\s?",
    re.IGNORECASE,
)
_DEFANGED_AT = re.compile(r"\s?[\[({]\s*(?:@|at)\s*[\])}]\s?", re.IGNORECASE)
_FANGED_SCHEME = re.compile(r"\bhttp(?P<s>s?)://", re.IGNORECASE)
_FANGED_HOST = re.compile(r"(?<![\w@/.-])((?:[\w-]+\.)+[^\W\d_]{2,})(?![\w.])|(?<=://)([^/\s?#]+)")


def canonical_url(address: str) -> str:
    """Return the one form of a web address under which its other forms are found.

    Scheme and host in lower case, international host names in punycode, default ports, fragments
    and tracking parameters gone, the remaining parameters sorted, short and mobile forms of
    Facebook, YouTube, X, Instagram, Telegram and VK brought to the long one. What is not a web
    address is returned stripped of the blanks around it.

    Args:
        address: As found, fanged or defanged.
    """
    return address if _host_in_one_form(address) else _by_parts(address)


def _host_in_one_form(address: str) -> str:
    """The host of an address that no step of `canonical_url` would change; empty for others."""
    found = _IN_ONE_FORM.fullmatch(address)
    is_long = found is None or found[1] in _OTHER_FORMS or "/" not in address[8:]
    return "" if found is None or is_long else found[1]


def _by_parts(address: str) -> str:
    given = refang(address.strip())
    if _BARE_HOST.match(given) and not _SCHEME.match(given.split("/", 1)[0].rsplit(":", 1)[0]):
        given = f"https://{given}"
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:  # an unbalanced bracket or a port that is no number: not an address
        return given
    if not parts.scheme or not parts.hostname:
        return given
    scheme, host = parts.scheme.lower(), _ascii_host(parts.hostname)
    path, pairs = _without_dots(parts.path or "/"), parse_qsl(parts.query, keep_blank_values=True)
    host, path, pairs = _long_form(host, path, pairs)
    if host in _HTTPS_ONLY:
        scheme, port = "https", None
    is_default_port = port is None or port == _DEFAULT_PORTS.get(scheme)
    place = host if is_default_port else f"{host}:{port}"
    return urlunsplit((scheme, place, _requoted(path), _query(pairs), ""))


def url_host(address: str) -> str:
    """Return the host of a web address in punycode, or an empty string.

    Args:
        address: Fanged or defanged, with or without scheme.
    """
    known = _host_in_one_form(address)
    if known:
        return known
    try:
        host = urlsplit(canonical_url(address)).hostname
    except ValueError:
        return ""
    return host or ""


def refang(text: str) -> str:
    """Undo what reports do to addresses so that nobody clicks them.

    ``hxxps`` becomes ``https`` and ``hxxp`` becomes ``http``, never the other.

    Args:
        text: An address, or a text with addresses in it.
    """
    text = _DEFANGED_SCHEME.sub(lambda match: "http" + match["s"].lower(), text)
    text = _DEFANGED_SEPARATOR.sub(lambda match: ":" if match["colon"] else "://", text)
    return _DEFANGED_AT.sub("@", _DEFANGED_DOT.sub(".", text))


def defang(address: str) -> str:
    """Return ``address`` so that no program makes it clickable; ``refang`` gives it back.

    Args:
        address: An address, or a text with addresses in it; what is broken already stays so.
    """
    broken = _FANGED_HOST.sub(lambda match: match[0].replace(".", "[.]"), refang(address))
    return _FANGED_SCHEME.sub(lambda match: f"hxxp{match['s'].lower()}://", broken)


def _ascii_host(host: str) -> str:
    """Return ``host`` in lower case and punycode; what punycode cannot hold is left as it is."""
    lowered = host.lower().rstrip(".")
    if lowered.isascii():
        return lowered
    try:
        return lowered.encode("idna").decode("ascii")
    except UnicodeError:
        return lowered


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` as a browser does."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            kept = kept[:-1] or [""]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    joined = "/".join(kept)
    return joined if joined.startswith("/") else f"/{joined}"


def _requoted(path: str) -> str:
    """Escape a path one way only, keeping what an escape hides from the structure."""
    segments = (quote(unquote(s), safe=_SAFE_IN_PATH.replace("/", "")) for s in path.split("/"))
    return "/".join(segments)


def _query(pairs: list[tuple[str, str]]) -> str:
    kept = [(key, value) for key, value in pairs if not _is_tracking(key)]
    return urlencode(sorted(kept))


def _is_tracking(key: str) -> bool:
    lowered = key.lower()
    return lowered in _TRACKING or lowered.startswith(_TRACKING_PREFIXES)


def _long_form(
    host: str, path: str, pairs: list[tuple[str, str]]
) -> tuple[str, str, list[tuple[str, str]]]:
    """Bring the short and mobile forms of the platforms to the long one."""
    if host == "youtu.be" and len(path) > 1:
        return "www.youtube.com", "/watch", [("v", path.strip("/")), *_only(pairs, "t")]
    if host == "fb.watch":
        return host, path if path.endswith("/") else f"{path}/", []
    if host in _YOUTUBE_HOSTS:
        video = _YOUTUBE_VIDEO_PATH.match(path)
        if video:
            return "www.youtube.com", "/watch", [("v", video[1]), *_only(pairs, "t")]
    host = _SAME_HOST.get(host, host)
    if host == "t.me" and path.startswith("/s/"):
        path = path[2:]
    if host in _HTTPS_ONLY and len(path) > 1:
        path = path.rstrip("/")
    if host == "x.com":
        pairs = [(key, value) for key, value in pairs if key not in {"s", "t"}]
    return host, path, pairs


def _only(pairs: list[tuple[str, str]], key: str) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[0] == key]
