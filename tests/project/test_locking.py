"""What is locked is changed by no edit; renaming it, and all else of the project, goes on."""

from __future__ import annotations

import pytest

from studio.project import Project, ProjectError, edits
from studio.project.locking import lock, locked, refuse_locked
from studio.project.looks import move_nodes
from studio.project.naming import remove_network, rename_network
from tests.documents import MAIN, sample


@pytest.fixture
def held() -> Project:
    return lock(sample(), MAIN, True)


def test_each_change_of_the_drawing_is_refused(held: Project) -> None:
    for changed in (
        edits.add_node(held, MAIN, "relu", (0, 0))[0],
        edits.set_parameters(held, MAIN, "conv2d_1", {"bias": True}),
        move_nodes(held, MAIN, {"relu_1": (800.0, 80.0)}),
        remove_network(held, "main"),
    ):
        assert changed != held
        with pytest.raises(ProjectError, match=r"The drawing “main” is locked\. Unlock it"):
            refuse_locked(held, changed)


def test_all_else_goes_on(held: Project) -> None:
    for changed in (
        held,
        edits.set_loop(held, "epochs", 9),
        edits.add_network(held, "new"),
        rename_network(held, "main", "renamed"),
        lock(held, MAIN, False),
        edits.add_node(lock(held, MAIN, False), MAIN, "relu", (0, 0))[0],
    ):
        refuse_locked(held, changed)
    assert locked(held, MAIN)
    assert not locked(lock(held, MAIN, False), MAIN)
