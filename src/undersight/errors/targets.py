"""Posts and pages whose comments are to be counted."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import InputError, NotFoundError


class UnknownTargetError(NotFoundError):
    """Neither a file nor a post or page with comments in the corpus, or several."""

    code: ClassVar[str] = "unknown-target"

    def __init__(self, named: str, fitting: tuple[str, ...] = (), n_fitting: int = 0) -> None:
        self.named, self.fitting, self.n_fitting = named, fitting, n_fitting
        if n_fitting > 1:
            some = f": {', '.join(fitting)}{', …' if n_fitting > len(fitting) else ''}"
            said = f"“{named}” fits {n_fitting} posts or pages{some if fitting else ''}."
        else:
            said = f"“{named}” is no file, and no post or page with comments in the corpus."
        super().__init__(
            said,
            "Give the whole id or address of one post or page, or a file of comments; "
            "`undersight corpus` says what is loaded.",
        )


class PrivateTargetError(InputError):
    """A person's profile was named where a post or page is asked for."""

    code: ClassVar[str] = "private-target"

    def __init__(self, named: str) -> None:
        self.named = named
        super().__init__(
            f"“{named}” is a profile: what surrounds one person is not told.",
            "Name one post, or a page, group or channel.",
        )


class NoCommentsError(InputError):
    """A file was given for a comment sheet and holds no comments."""

    code: ClassVar[str] = "no-comments"

    def __init__(self, name: str, n_posts: int) -> None:
        self.name, self.n_posts = name, n_posts
        super().__init__(
            f"{name} holds no comments ({n_posts} posts were read).",
            "Give a file of comments; if all its rows are comments, say so: --set kind=comment.",
        )
