"""The same picture in other clothes is found; another one is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from tests.media import shown
from undersight.media.perceptual import (
    MAX_DISTANCE,
    LookalikeIndex,
    PictureHash,
    picture_hash,
)


def test_smaller_and_worse_copies_are_near() -> None:
    scene = shown.scene(600, 400).filter(ImageFilter.GaussianBlur(6))
    original = picture_hash(shown.png(scene))
    copies = {
        "worse": shown.jpeg(scene, quality=30),
        "smaller": shown.png(scene.resize((300, 200))),
        "grey": shown.png(scene.convert("L").convert("RGB")),
    }
    other = shown.png(shown.scene(600, 400, shift=150).transpose(Image.Transpose.ROTATE_90))
    index = LookalikeIndex(
        [(name, picture_hash(data)) for name, data in (*copies.items(), ("other", other))]
    )
    found = index.near(original)
    assert {one.key for one in found} == set(copies)
    assert original.is_telling
    assert [one.distance for one in found] == sorted(one.distance for one in found)


def test_a_turned_picture_is_hashed_as_it_is_seen() -> None:
    turned = shown.scene().transpose(Image.Transpose.ROTATE_270)
    exif = Image.Exif()
    exif[0x0112] = 8  # turn a quarter left to see it upright
    upright = picture_hash(shown.jpeg(shown.scene()))
    found = LookalikeIndex([("a", picture_hash(shown.jpeg(turned, exif=exif)))]).near(upright)
    assert [one.key for one in found] == ["a"]


def test_a_flat_picture_says_little() -> None:
    assert not picture_hash(shown.png(Image.new("RGB", (80, 80), "red"))).is_telling


@given(st.lists(st.integers(0, 2**256 - 1), min_size=1, max_size=8), st.integers(0, 2**256 - 1))
def test_the_index_finds_what_counting_bits_finds(known: list[int], wanted: int) -> None:
    def made(bits: int) -> PictureHash:
        return PictureHash(bits=f"{bits:064x}", quality=80)

    near = known[0] ^ (wanted & 0xFFFF)  # one that is surely near
    index = LookalikeIndex((str(i), made(bits)) for i, bits in enumerate(known))
    for asked in (wanted, near):
        expected = {
            (str(i), (bits ^ asked).bit_count())
            for i, bits in enumerate(known)
            if (bits ^ asked).bit_count() <= MAX_DISTANCE
        }
        assert {(one.key, one.distance) for one in index.near(made(asked))} == expected
