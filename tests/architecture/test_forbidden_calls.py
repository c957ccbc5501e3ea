"""Opening never executes: nothing in Netwright unpickles, evaluates text, or opens a shell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MODULES = {
    "cloudpickle": "it unpickles",
    "cPickle": "it unpickles",
    "dill": "it unpickles",
    "joblib": "it unpickles",
    "marshal": "it loads code",
    "pickle": "it unpickles",
    "shelve": "it unpickles",
}
CALLS = {
    "builtins.eval": "it evaluates text",
    "builtins.exec": "it executes text",
    "os.popen": "it opens a shell",
    "os.system": "it opens a shell",
    "sympify": "it evaluates text",
    "torch.export.load": "it can execute code from the file",
    "torch.jit.load": "it can execute code from the file",
    "torch.jit.script": "TorchScript is deprecated",
    "torch.jit.trace": "TorchScript is deprecated",
    "QSettings": "it unpickles objects from its file; settings are plain JSON",
    "to_folder": "it pickles layers and writes absolute paths",
}

ALLOWED = {
    # In a process of its own, on a file that an export made a moment before, and on no other.
    ("studio/exchange/outgoing/pt2.py", "torch.export.load"),
    # The code of custom blocks, once a person has looked at it and trusted the project.
    ("studio/compiler/custom.py", "exec"),
}
"""Where something dangerous is wanted, and why it may stand there."""


def dotted(node: ast.expr) -> str:
    """Write a name or a chain of attributes as in the source."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{dotted(value)}.{name}"
    return ""


def keywords(call: ast.Call) -> dict[str, object]:
    return {
        word.arg: word.value.value if isinstance(word.value, ast.Constant) else ...
        for word in call.keywords
        if word.arg
    }


def dangers(source: str) -> Iterator[str]:
    """Describe what in a module could execute what a file says."""
    tree = ast.parse(source)
    origin = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                imported = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module)):
                imported = [module]
            case ast.Call():
                yield from _dangerous_call(node, origin)
                continue
            case _:
                continue
        for name in imported:
            if why := MODULES.get(name.split(".")[0]):
                yield f"line {node.lineno}: import of {name}: {why}"


def _dangerous_call(call: ast.Call, origin: dict[str, str]) -> Iterator[str]:
    written = dotted(call.func)
    first, _dot, rest = written.partition(".")
    name = origin.get(first, first) + (f".{rest}" if rest else "")
    name = f"builtins.{name}" if name in ("eval", "exec") else name
    given = keywords(call)
    for forbidden, why in CALLS.items():
        if name == forbidden or name.endswith(f".{forbidden}"):
            yield f"line {call.lineno}: {written}: {why}"
    if name == "torch.load" and given.get("weights_only") is not True:
        yield f"line {call.lineno}: torch.load without weights_only=True: it unpickles"
    if given.get("allow_pickle", False) is not False:
        yield f"line {call.lineno}: {written} with allow_pickle: it unpickles"
    if given.get("shell", False) is not False:
        yield f"line {call.lineno}: {written} with shell: it opens a shell"


def test_no_module_executes_what_a_file_says() -> None:
    found = [
        f"{module.relative_to(ROOT)}: {danger}"
        for module in sorted((ROOT / "studio").rglob("*.py"))
        for danger in dangers(module.read_text("utf-8"))
        if (module.relative_to(ROOT).as_posix(), danger.split(": ")[1]) not in ALLOWED
    ]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "def f():\n    from pickle import loads",
        "import joblib.numpy_pickle",
        "eval(text)",
        "import builtins\nbuiltins.exec(text)",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "torch.load(path, weights_only=trusted)",
        "from torch import load\nload(path)",
        "from torch import load as read\nread(path)",
        "import torch.export\ntorch.export.load(path)",
        "from torch import export\nexport.load(path)",
        "np.load(path, allow_pickle=True)",
        "subprocess.run(command, shell=True)",
        "os.system(command)",
        "QSettings('netwright')",
        "QtCore.QSettings()",
        "module.to_folder(path)",
        "sympy.sympify(text)",
    ],
)
def test_a_danger_is_noticed(source: str) -> None:
    assert len(list(dangers(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "torch.load(path, weights_only=True)",
        "model.eval()",
        "json.load(file)",
        "from safetensors.torch import load\nload(data)",
        "np.load(path, allow_pickle=False)",
        "dialog.exec()",
        "self.evaluate(text)",
    ],
)
def test_what_is_harmless_passes(source: str) -> None:
    assert list(dangers(source)) == []
