"""Tools to imitate, and options that are not theirs."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import SettingsError


class UnknownCompatError(SettingsError):
    """A tool that cannot be imitated."""

    code: ClassVar[str] = "unknown-compat"

    def __init__(self, named: str, known: tuple[str, ...]) -> None:
        self.named, self.known = named, known
        super().__init__(
            f"“{named}” is no tool that can be imitated.", f"There are: {', '.join(known)}."
        )


class OptionNotForToolError(SettingsError):
    """An option of our own operator beside a tool to imitate."""

    code: ClassVar[str] = "option-not-for-tool"

    def __init__(self, option: str, tool: str, parameters: tuple[str, ...]) -> None:
        self.option, self.tool, self.parameters = option, tool, parameters
        super().__init__(
            f"{option} does not go with --compat {tool}, which has parameters of its own.",
            f"Give them by --set NAME=VALUE: {', '.join(parameters)}.",
        )


class SettingWithoutToolError(SettingsError):
    """A parameter of a tool to imitate, and no tool."""

    code: ClassVar[str] = "setting-without-tool"

    def __init__(self) -> None:
        super().__init__(
            "--set gives the parameters of a tool to imitate, and none is named.",
            "Name it with --compat, or leave --set out.",
        )
