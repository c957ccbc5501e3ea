"""Takes the README's pictures of the program with the program itself: `python packaging/screenshots.py`.

Each is the real window: a template opened, trained for real, judged, in both languages and both themes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.graph import Value
    from studio.project import Project

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "assets" / "screenshots"
WIDTH, HEIGHT = 1440, 900
PATIENCE = 300.0
"""Seconds that one training may take."""

sys.path.insert(0, str(ROOT))


def main(folder: Path = FOLDER) -> None:
    """Take every picture."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        # The settings and runs of the person who takes the pictures stay out of them.
        for name in ("CONFIG", "STATE", "DATA", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(home) / name.lower())
        take(folder, Path(home))


def take(folder: Path, home: Path) -> None:
    """Open the window and go through it."""
    from studio.project.file import read, write
    from studio.ui.app import application
    from studio.ui.looks import theme
    from studio.ui.settings import Settings
    from studio.ui.window import MainWindow
    from studio.ui.words import text

    app = application()
    text.install(app, "en")
    theme.apply(app, "light")
    window = MainWindow(Settings())
    window.resize(WIDTH, HEIGHT)
    window.show()

    def wait(until: Callable[[], bool] = lambda: False, seconds: float = 1.0) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            app.processEvents()
            time.sleep(0.01)

    def shoot(name: str) -> None:
        wait(seconds=0.8)
        folder.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(folder / f"{name}.png"))
        print(folder / f"{name}.png")

    window.welcome.draw_pictures()
    shoot("welcome")
    lesson = next(one for one in window.welcome.found if one.id == "attention")
    window.filing.from_template(lesson)
    window.document.begin()
    window.workspace.docks.show("lesson")
    wait(lambda: window.session.obstacle() is None, 60)
    assert window.workspace.networks.view is not None
    window.workspace.networks.view.frame_all()
    shoot("lesson")
    project = home / "digits.netwright"
    write(read(ROOT / "templates" / "cnn" / "project.netwright"), project)
    window.filing.open_path(project)
    window.document.begin()
    workspace = window.workspace
    ref = workspace.networks.page.ref  # type: ignore[union-attr]  # a project is open
    wait(lambda: window.document.report(ref) is not None, 60)
    view = workspace.networks.view
    assert view is not None
    view.frame_all()
    view.select(["conv2d_1"])
    workspace.docks.show("palette")
    workspace.docks.show("problems")
    shoot("canvas")
    window.session.start()
    wait(lambda: window.session.latest is not None and window.session.latest.step > 60, PATIENCE)
    workspace.docks.show("training")
    shoot("training")
    wait(lambda: not window.session.active, PATIENCE)
    workspace.docks.show("evaluation")
    wait(lambda: not workspace.judge.busy, 60)
    theme.apply(app, "dark")
    shoot("evaluation-dark")
    theme.apply(app, "light")
    window.commands["flow"].trigger()
    window.commands["walk"].trigger()
    wait(lambda: bool(view.flow.items), 60)
    shoot("flow")
    window.commands["flow"].trigger()
    theme.apply(app, "dark")
    text.set_language("zh_CN")
    workspace.docks.show("training")
    shoot("training-zh-dark")
    theme.apply(app, "light")
    workspace.docks.show("code")
    shoot("code-zh")
    text.set_language("en")
    contested = home / "contest.netwright"
    write(contest(), contested)
    window.filing.open_path(contested)
    window.document.begin()
    wait(lambda: window.session.obstacle() is None, 60)
    workspace.docks.show("training")
    window.session.start()
    wait(lambda: not window.session.active, PATIENCE)
    workspace.training.views.show_page(1)
    shoot("made")
    window.shut_down(keep_edits=False)
    window.close()


def contest() -> Project:
    """Draw two small networks that learn against each other to make digits."""
    from studio.project import Choice, GraphRef, Project, edits
    from studio.project.roles import use_recipe
    from tests.drawing import chain

    def dense(features: int, *after: str) -> list[tuple[str, dict[str, Value]]]:
        return [("linear", {"out_features": features}), *((kind, {}) for kind in after)]

    entry, picture = ("input", {"shape": (64,)}), ("input", {"shape": (1, 28, 28)})
    maker = [*dense(256, "batch_norm1d", "relu"), *dense(512, "batch_norm1d", "relu"), *dense(784)]
    judge = [*dense(512, "leaky_relu", "dropout"), *dense(256, "leaky_relu", "dropout"), *dense(1)]
    shaped = ("reshape", {"shape": (1, 28, 28)})
    project = edits.rename_network(Project(), "main", "generator")
    project = edits.add_network(project, "discriminator")
    made, judged = (GraphRef("network", name) for name in ("generator", "discriminator"))
    project, _ = chain(entry, *maker, shaped, ("output", {}), ref=made, project=project)
    project, _ = chain(picture, ("flatten", {}), *judge, ("output", {}), ref=judged, project=project)
    project = edits.arrange_nodes(edits.arrange_nodes(project, made), judged)
    project = use_recipe(project, Choice("adversarial", {"samples": 48, "smoothing": 0.1}))
    for name, value in (("epochs", 100), ("batch_size", 32), ("device", "cpu")):
        project = edits.set_loop(project, name, value)
    return edits.set_optimizer(project, "model", Choice("adam", {"lr": 3e-4, "betas": (0.5, 0.999)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
