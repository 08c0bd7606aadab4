"""Nothing goes over a network unless a person asked: no client is even imported."""

from __future__ import annotations

import ast
import socket

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.contracts import source

CLIENTS = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc.client",
}
# Which module may reach out, and on whose word.
ALLOWED = {
    "src/undersight/extract/local_model.py": "a model on this machine, named by --local-model",
    "src/undersight/web/serving.py": "listens, on loopback unless --host says so; opens a browser",
    "src/undersight/vault/authority_client.py": "a time authority, on `undersight stamp` only",
}


def network_imports(tree: ast.AST) -> set[str]:
    names = source.imported(tree)
    return {name for name in names if any(name == c or name.startswith(f"{c}.") for c in CLIENTS)}


def test_no_module_holds_a_network_client() -> None:
    found = {
        source.relative(path): names
        for path in source.modules()
        if source.relative(path) not in ALLOWED and (names := network_imports(source.tree(path)))
    }
    assert found == {}


def test_what_is_allowed_still_exists() -> None:
    assert [name for name in ALLOWED if not (source.ROOT / name).is_file()] == []


def test_clients_are_found() -> None:
    assert network_imports(ast.parse("from urllib.request import urlopen")) == {
        "urllib.request",
        "urllib.request.urlopen",
    }
    assert network_imports(ast.parse("def f():\n    import socket")) == {"socket"}
    assert network_imports(ast.parse("from urllib.parse import urlsplit")) == set()


def test_the_suite_itself_is_cut_off() -> None:
    with (
        socket.socket() as outward,
        pytest.warns(UserWarning, match="tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
    ):
        outward.connect(("192.0.2.1", 9))
