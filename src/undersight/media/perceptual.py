"""Pictures that look alike: PDQ hashes and their distances.

Alike is a candidate and nothing more: memes, logos, screenshots of one page and flat pictures are
alike without having one origin. A crop, a mirror image or a turned one is not found.

Source: PDQ (Facebook, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm",
2019): 256 bits, Hamming distance up to 31 counts as alike, quality below 50 says little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersight.errors import MissingExtraError
from undersight.media.pictures import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

MAX_DISTANCE: Final = 31
LEAST_QUALITY: Final = 50
_LARGEST_SIDE: Final = 512  # what the reference reduces to before hashing


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureHash:
    """The PDQ hash of a picture.

    Args:
        bits: 64 hexadecimal digits.
        quality: 0 to 100: how much there is to tell it by.
    """

    bits: str
    quality: int

    @property
    def is_telling(self) -> bool:
        """Whether there is enough in the picture for a match to mean anything."""
        return self.quality >= LEAST_QUALITY


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """A picture that may be the same.

    Args:
        key: Which, as given to the index.
        distance: Bits that differ, 0 to 31.
        quality: The lower quality of the two.
    """

    key: str
    distance: int
    quality: int


def picture_hash(data: bytes) -> PictureHash:
    """Hash a picture as it is seen, turned upright.

    Raises:
        MediaUnreadableError: It is no picture, or damaged.
        MissingExtraError: The extra `media` is not installed.
    """
    try:
        import numpy as np
        import pdqhash
    except ImportError as error:
        raise MissingExtraError("Comparing pictures", "media") from error
    from PIL import ImageOps

    with opened(data) as image:
        image.draft("RGB", (_LARGEST_SIDE, _LARGEST_SIDE))
        upright = ImageOps.exif_transpose(image).convert("RGB")
        upright.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
        vector, quality = pdqhash.compute(np.asarray(upright))
    return PictureHash(bits=np.packbits(vector.astype(np.uint8)).tobytes().hex(), quality=quality)


class LookalikeIndex:
    """Finds, among known pictures, those within a distance of one.

    Args:
        pictures: Key and hash of each.
    """

    def __init__(self, pictures: Iterable[tuple[str, PictureHash]]) -> None:
        import numpy as np

        kept = sorted(pictures, key=lambda one: (one[0], one[1].bits))
        self._keys = [key for key, _ in kept]
        self._qualities = [found.quality for _, found in kept]
        self._bits: NDArray[np.uint64] = np.zeros((len(kept), 4), dtype=np.uint64)
        for i, (_, found) in enumerate(kept):
            self._bits[i] = _as_words(found)

    def __len__(self) -> int:
        return len(self._keys)

    def near(self, wanted: PictureHash, *, max_distance: int = MAX_DISTANCE) -> list[Lookalike]:
        """List the pictures within a distance, nearest first, then by key.

        Args:
            wanted: The hash to look for.
            max_distance: Bits, 0 to 256.
        """
        import numpy as np

        differing = np.bitwise_count(self._bits ^ _as_words(wanted))
        distances = differing.sum(axis=1, dtype=np.int64)
        found = [
            Lookalike(
                key=self._keys[i],
                distance=int(distances[i]),
                quality=min(self._qualities[i], wanted.quality),
            )
            for i in np.flatnonzero(distances <= max_distance).tolist()
        ]
        return sorted(found, key=lambda one: (one.distance, one.key))


def _as_words(found: PictureHash) -> NDArray[np.uint64]:
    import numpy as np

    return np.frombuffer(bytes.fromhex(found.bits), dtype=">u8").astype(np.uint64)
