"""Names in code: labels of any text become identifiers that Python takes and that no file can abuse.

An identifier is ASCII letters, digits and underscores, starts with a letter, is no keyword, and hides
nothing that `torch.nn.Module` or the generated code needs.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable, Mapping

from studio.graph import Graph

MAX_LENGTH = 40
"""Longer labels are cut: they name an attribute, not a sentence. An identifier names itself again."""

_MODULE_NAMES = frozenset(
    """T_destination add_module apply bfloat16 bool buffers call_super_init children compile cpu cuda code
    data_ptr double dump_patches eval extra_repr float forward get_buffer get_extra_state get_parameter
    get_submodule graph half ipu load_state_dict meta modules mtia named_buffers named_children named_modules
    named_parameters nn parameters print_readable recompile register_buffer register_forward_hook
    register_forward_pre_hook register_module register_parameter requires_grad_ self set_extra_state
    set_submodule share_memory state_dict to to_empty to_folder torch train training type xpu zero_grad
    math operator super range int float str bool dict list tuple None True False object property""".split()
)
"""Attributes of modules, and the names that generated code itself uses."""


def identifier(label: str, otherwise: str) -> str:
    """Make a safe identifier from a label.

    Args:
        label: any text.
        otherwise: what to call it when nothing of the label can be kept, such as the block's type.
    """
    name = re.sub(r"[^0-9A-Za-z]+", "_", label[:200]).strip("_")[:MAX_LENGTH].strip("_")
    if not name or not any(letter.isalpha() for letter in name):
        name = otherwise if not name else f"{otherwise}_{name}"
    if name[0].isdigit():
        name = f"{otherwise}_{name}"
    name = re.sub(r"[^0-9A-Za-z_]", "_", name) or "node"
    if not name[0].isalpha():
        name = f"n{name}"
    name = name[:MAX_LENGTH].rstrip("_")
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in _MODULE_NAMES:
        name += "_"
    return name


def distinct(labels: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Give each key an identifier of its own.

    Args:
        labels: (key, label, what to call it otherwise) in the order in which names are given out.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    for key, label, otherwise in labels:
        stem = identifier(label, otherwise)
        name, number = stem, 2
        while name in taken:
            ending = f"_{number}"
            name = stem.rstrip("_")[: MAX_LENGTH - len(ending)].rstrip("_") + ending
            number += 1
        taken.add(name)
        names[key] = name
    return names


def identifiers(graph: Graph) -> Mapping[str, str]:
    """Give each node the identifier that is its attribute in the module and its name in the source."""
    return distinct((node.id, node.name, node.type) for node in graph.nodes.values())


def class_name(network: str) -> str:
    """Give the class name of a network or composite: `residual block` becomes `ResidualBlock`."""
    words = re.findall(r"[0-9A-Za-z]+", network[:200])
    name = "".join(word[0].upper() + word[1:] for word in words)[:MAX_LENGTH]
    if not name or not name[0].isalpha():
        name = "Network" + name
    return name + "_" if keyword.iskeyword(name) or hasattr(builtins, name) else name
