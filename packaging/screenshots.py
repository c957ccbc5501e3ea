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
    from studio.ui import text, theme
    from studio.ui.app import application
    from studio.ui.settings import Settings
    from studio.ui.window import MainWindow

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
    window.shut_down(keep_edits=False)
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
