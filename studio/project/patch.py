"""What differs between two projects as plain JSON, as small as the change, and how to apply it.

`apply(before, make(before, after))` gives a project that is saved as `after` is. Nodes, wires, positions,
frames and the parts of the plan are told one by one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import TypeVar

from studio.graph import Graph, Message, Node
from studio.graph.layout import Layout, placed_anew
from studio.project import decode, encode
from studio.project.document import Composite, GraphRef, Place, Project
from studio.project.fields import Fields, Reader, as_it_is, each, flag, identity, items, table, text, whole
from studio.project.json_text import At, Plain, fault
from studio.project.limits import NODES

_T = TypeVar("_T")
_PLACES: tuple[Place, ...] = ("network", "composite")


# -- telling -------------------------------------------------------------------------------------------


def make(before: Project, after: Project) -> dict[str, Plain]:
    """Give the difference; an empty one when there is none. What both share costs nothing."""
    patch: dict[str, Plain] = {}
    for place in _PLACES:
        old, new = _names(before, place), _names(after, place)
        if old != new:
            patch[f"{place}s"] = list(new)
    graphs: list[Plain] = []
    for ref in after.refs():
        told = _graph_and_look(before, after, ref)
        if told:
            graphs.append({"place": ref.place, "name": ref.name, **told})
    if graphs:
        patch["graphs"] = graphs
    if before.plan is not after.plan:
        whole_plan = encode.plan(after.plan)
        changed = {
            key: whole_plan[key]
            for key in whole_plan
            if getattr(before.plan, key) != getattr(after.plan, key)
        }
        if changed:
            patch["plan"] = changed
    if before.template != after.template:
        patch["template"] = after.template
    if before.custom is not after.custom and before.custom != after.custom:
        patch["custom"] = encode.custom(after.custom)
    return patch


def _names(project: Project, place: Place) -> list[str]:
    return list(project.networks if place == "network" else project.composites)


def _graph_and_look(before: Project, after: Project, ref: GraphRef) -> dict[str, Plain]:
    present = ref.name in _names(before, ref.place)
    old = before.graph(ref) if present else Graph()
    new = after.graph(ref)
    told = _graph(old, new) if old is not new else {}
    if ref.place == "composite":
        was, now = before.composites.get(ref.name, Composite()), after.composites[ref.name]
        if was.parameters != now.parameters or was.doc != now.doc:
            told["form"] = encode.composite_form(now)
    seen, sees = before.layout.get(ref) if present else None, after.layout.get(ref)
    if sees is None:
        if seen is not None:
            told["look"] = None
    elif seen is None or seen is not sees or old is not new:
        look = _look(_within(seen or Layout(), old), _within(sees, new))
        if look or seen is None:
            told["look"] = look
    return told


def _graph(old: Graph, new: Graph) -> dict[str, Plain]:
    told: dict[str, Plain] = {}
    removed = [key for key in old.nodes if key not in new.nodes]
    changed: list[Plain] = []
    for place, (key, node) in enumerate(new.nodes.items()):
        known = old.nodes.get(key)
        if known is None:
            changed.append({"at": place, "node": encode.node(node)})
        elif known is not node and known != node:
            changed.append({"node": encode.node(node)})
    if removed:
        told["removed"] = list(removed)
    if changed:
        told["nodes"] = changed
    if [key for key in old.nodes if key in new.nodes] != [key for key in new.nodes if key in old.nodes]:
        told["order"] = list(new.nodes)
    if old.wires is not new.wires:
        for name, wires in (("unwired", old.wires - new.wires), ("wired", new.wires - old.wires)):
            if wires:
                told[name] = [encode.wire(wire) for wire in sorted(wires)]
    return told


def _within(look: Layout, graph: Graph) -> Layout:
    """Give the look without what the graph does not hold: no file would hold it either."""
    if look.positions.keys() <= graph.nodes.keys():
        positions = look.positions
    else:
        positions = {key: at for key, at in look.positions.items() if key in graph.nodes}
    return dataclasses.replace(
        look,
        positions=positions,
        reroutes={wire: points for wire, points in look.reroutes.items() if wire in graph.wires},
    ).marking(graph.nodes.keys())


def _look(old: Layout, new: Layout) -> dict[str, Plain]:
    told: dict[str, Plain] = {}
    placed: dict[str, Plain] = {
        key: [encode.number(part) for part in new.positions[key]]
        for key in placed_anew(old.positions, new.positions)
    }
    unplaced = [key for key in old.positions if key not in new.positions]
    if placed:
        told["placed"] = placed
    if unplaced:
        told["unplaced"] = list(unplaced)
    if old.frames != new.frames:
        told["frames"] = _spliced(old.frames, new.frames, encode.frame)
    if old.notes != new.notes:
        told["notes"] = _spliced(old.notes, new.notes, encode.note)
    straight = sorted(wire for wire in old.reroutes if wire not in new.reroutes)
    bent = sorted(wire for wire, points in new.reroutes.items() if old.reroutes.get(wire) != points)
    if straight:
        told["straight"] = [encode.wire(wire) for wire in straight]
    if bent:
        told["bent"] = [encode.reroute(wire, new) for wire in bent]
    for name, marked in new.marks().items():
        if toggled := marked ^ old.marks()[name]:
            told[name] = _plain(sorted(toggled))
    for name, turned in (("down", old.down != new.down), ("locked", old.locked != new.locked)):
        if turned:
            told[name] = True
    return told


def _plain(ids: Iterable[str]) -> list[Plain]:
    return list(ids)


def _spliced(old: Sequence[_T], new: Sequence[_T], form: Callable[[_T], Plain]) -> Plain:
    """Tell a list by the stretch in its middle that differs."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return {
        "at": start,
        "drop": len(old) - end - start,
        "put": [form(entry) for entry in new[start : len(new) - end]],
    }


# -- applying -------------------------------------------------------------------------------------------


def apply(before: Project, patch: Plain) -> Project:
    """Give the project that the patch leads to.

    Raises:
        FileError: the patch is none, or not one for this project.
    """
    own = Fields(patch, (), (), ("networks", "composites", "graphs", "plan", "template", "custom"))
    project = before
    if (networks := own.get("networks", each(text), None)) is not None:
        project = dataclasses.replace(
            project,
            networks=MappingProxyType({name: project.networks.get(name, Graph()) for name in networks}),
        )
    if (composites := own.get("composites", each(text), None)) is not None:
        project = dataclasses.replace(
            project,
            composites=MappingProxyType(
                {name: project.composites.get(name, Composite()) for name in composites}
            ),
        )
    refs = set(project.refs())
    project = dataclasses.replace(
        project, layout=MappingProxyType({ref: look for ref, look in project.layout.items() if ref in refs})
    )
    for index, entry in enumerate(own.get("graphs", items, [])):
        project = _patched(project, entry, ("graphs", index))
    fields = own.get("plan", table(as_it_is), MappingProxyType({}))
    for key, value in fields.items():
        if key not in decode.PLAN:
            raise fault(("plan", key), Message("no such field"), value)
    parts = {key: decode.PLAN[key](value, ("plan", key)) for key, value in fields.items()}
    return dataclasses.replace(
        project,
        plan=dataclasses.replace(project.plan, **parts),
        template=own.get("template", text, project.template),
        custom=own.get("custom", decode.custom, project.custom),
    )


_GRAPH = ("form", "look", "removed", "nodes", "order", "unwired", "wired")


def _patched(project: Project, data: Plain, at: At) -> Project:
    own = Fields(data, at, ("place", "name"), _GRAPH)
    place, name = own.read("place", text), own.read("name", text)
    ref = next((ref for ref in project.refs() if ref == (place, name)), None)
    if ref is None:
        raise fault(at, Message("a graph of this project"), name)
    old = project.graph(ref)
    graph = _patched_graph(old, own, at)
    if ref.place == "composite":
        form = project.composites[name]
        if (given := own.get("form", as_it_is, None)) is not None:
            form = decode.composite_form(Fields(given, (*at, "form"), (), decode.COMPOSITE_OPTIONAL), graph)
        form = dataclasses.replace(form, graph=graph)
        project = dataclasses.replace(
            project, composites=MappingProxyType({**project.composites, name: form})
        )
    else:
        project = project.with_graph(ref, graph)
    seen = project.layout.get(ref)
    look = own.get("look", as_it_is, seen if seen is None else {})
    if look is None:
        kept = {key: each_look for key, each_look in project.layout.items() if key != ref}
        return dataclasses.replace(project, layout=MappingProxyType(kept))
    return project.with_layout(ref, _patched_look(seen or Layout(), graph, look, (*at, "look")))


def _patched_graph(old: Graph, own: Fields, at: At) -> Graph:
    gone = set(own.get("removed", each(identity), ()))
    replaced: dict[str, Node] = {}
    added: list[tuple[int, Node]] = []
    for index, entry in enumerate(own.get("nodes", items, [])):
        here = (*at, "nodes", index)
        told = Fields(entry, here, ("node",), ("at",))
        node = told.read("node", decode.node)
        place = told.get("at", whole(0, NODES), None)
        if (place is None) != (node.id in old.nodes and node.id not in gone):
            raise fault(here, Message("a block that fits this graph"), node.id)
        if place is None:
            replaced[node.id] = node
        else:
            added.append((place, node))
    nodes = [replaced.get(key, node) for key, node in old.nodes.items() if key not in gone]
    for place, node in sorted(added, key=lambda entry: entry[0]):
        nodes.insert(place, node)
    by_id = {node.id: node for node in nodes}
    if (order := own.get("order", each(identity), None)) is not None:
        if set(order) != set(by_id):
            raise fault((*at, "order"), Message("every block once"), list(order))
        by_id = {key: by_id[key] for key in order}
    unwired = frozenset(own.get("unwired", each(decode.wire), ()))
    wired = frozenset(own.get("wired", each(decode.wire), ()))
    return Graph(MappingProxyType(by_id), (old.wires - unwired) | wired)


_MARKS = tuple(Layout().marks())
_LOOK = ("placed", "unplaced", "frames", "notes", "straight", "bent", *_MARKS, "down", "locked")
"""What a patch says of a look: of marks whose they are no more or newly, of the rest whether it turned."""


def _patched_look(old: Layout, graph: Graph, data: Plain, at: At) -> Layout:
    own = Fields(data, at, (), _LOOK)
    old = _within(old, graph)
    unplaced = set(own.get("unplaced", each(identity), ()))
    positions = {key: place for key, place in old.positions.items() if key not in unplaced}
    positions.update(own.get("placed", table(decode.position), MappingProxyType({})))
    straight = set(own.get("straight", each(decode.wire), ()))
    reroutes = {wire: points for wire, points in old.reroutes.items() if wire not in straight}
    reroutes.update(own.get("bent", each(decode.reroute), ()))
    marks = {name: ids ^ frozenset(own.get(name, each(identity), ())) for name, ids in old.marks().items()}
    return _within(
        Layout(
            positions=MappingProxyType(positions),
            frames=own.get("frames", _splicing(old.frames, decode.frame), old.frames),
            notes=own.get("notes", _splicing(old.notes, decode.note), old.notes),
            reroutes=MappingProxyType(reroutes),
            collapsed=marks["collapsed"],
            trimmed=marks["trimmed"],
            pinned=marks["pinned"],
            down=old.down ^ own.get("down", flag, False),
            locked=old.locked ^ own.get("locked", flag, False),
        ),
        graph,
    )


def _splicing(old: tuple[_T, ...], reader: Reader[_T]) -> Reader[tuple[_T, ...]]:
    def read(data: Plain, at: At) -> tuple[_T, ...]:
        own = Fields(data, at, ("at", "drop", "put"))
        start = own.read("at", whole(0, len(old)))
        drop = own.read("drop", whole(0, len(old) - start))
        return (*old[:start], *own.read("put", each(reader)), *old[start + drop :])

    return read
