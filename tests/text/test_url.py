from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from undersight.text import url
from undersight.text.url import canonical_url, defang, refang, url_host


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("HTTP://News.Example.COM:80/a/../b?utm_source=x&b=2&a=1#top", "http://news.example.com/b?a=1&b=2"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com:8443/x", "https://example.com:8443/x"),
        ("example.com/a?fbclid=1", "https://example.com/a"),
        ("https://пример.example/путь", "https://xn--e1afmkfd.example/%D0%BF%D1%83%D1%82%D1%8C"),
        ("https://example.com/%7Ea/b%2Fc", "https://example.com/~a/b%2Fc"),
        ("https://m.facebook.com/p/posts/1?mibextid=z", "https://www.facebook.com/p/posts/1"),
        ("fb.com/page/", "https://www.facebook.com/page"),
        ("https://youtu.be/abc_DEF-123?si=z", "https://www.youtube.com/watch?v=abc_DEF-123"),
        ("https://m.youtube.com/watch?v=abc_DEF-123&feature=share", "https://www.youtube.com/watch?v=abc_DEF-123"),
        ("https://www.youtube.com/shorts/abc_DEF-123", "https://www.youtube.com/watch?v=abc_DEF-123"),
        ("https://twitter.com/a/status/1?s=20&t=x", "https://x.com/a/status/1"),
        ("http://telegram.me/s/channel/5", "https://t.me/channel/5"),
        ("hxxps://bad[.]example/x", "https://bad.example/x"),
        ("hxxp://bad[.]example/x", "http://bad.example/x"),
        ("  https://a.example/ ", "https://a.example/"),
    ],
)  # fmt: skip
def test_one_form(address: str, canonical: str) -> None:
    assert canonical_url(address) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize("text", ["just words", "https://x[", "mailto:a@b.example", "", "http://"])
def test_what_is_no_address_stays(text: str) -> None:
    assert canonical_url(text) == text


def test_different_videos_stay_different() -> None:
    assert canonical_url("youtu.be/aaaaaaaaaaa") != canonical_url("youtu.be/bbbbbbbbbbb")


@pytest.mark.parametrize(
    ("fanged", "defanged"),
    [
        ("https://a.example/x.html", "hxxps://a[.]example/x.html"),
        ("http://a.b.example/?q=1.5", "hxxp://a[.]b[.]example/?q=1.5"),
    ],
)
def test_defanged_and_back(fanged: str, defanged: str) -> None:
    assert defang(fanged) == defanged
    assert refang(defanged) == fanged
    assert defang(defanged) == defanged


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hXXps[:]//a[.]example", "https://a.example"),
        ("hxxps[://]a(.)example", "https://a.example"),
        ("h**p://a[dot]example", "http://a.example"),
        ("name[at]a[.]example", "name@a.example"),
    ],
)
def test_refang_reads_the_habits_of_reports(written: str, meant: str) -> None:
    assert refang(written) == meant


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_s_is_neither_lost_nor_won(scheme: str) -> None:
    address = f"{scheme}://a.example/"
    assert refang(defang(address)) == address
    assert canonical_url(defang(address)) == address


def test_host() -> None:
    assert url_host("https://Пример.example:8080/x") == "xn--e1afmkfd.example"
    assert url_host("no address") == ""


@given(st.text(st.sampled_from("htps:/.-_?&=#%aZ1ə[]@ x"), max_size=40) | st.text(max_size=40))
def test_canonical_form_is_its_own_canonical_form(text: str) -> None:
    once = canonical_url(text)
    assert canonical_url(once) == once


@given(
    st.sampled_from(["http", "https"]),
    st.lists(st.text("abxyz09-", min_size=1, max_size=5), min_size=1, max_size=3),
    st.lists(st.text("abAZ09_~.-", max_size=5), max_size=3),
)
@example("https", ["t", "me"], ["s", "a"])
@example("https", ["a", "b"], ["..", "c"])
@example("http", ["youtu", "be"], ["abcdef"])
@example("https", ["a", "b"], [])
def test_an_address_in_its_one_form_is_not_taken_apart(
    scheme: str, host: list[str], path: list[str]
) -> None:
    address = f"{scheme}://{'.'.join(host)}{''.join(f'/{one}' for one in path)}"
    assert canonical_url(address) == url._by_parts(address)
    whole = url_host(address)
    assert whole == (urlsplit(url._by_parts(address)).hostname or "")
