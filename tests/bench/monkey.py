"""A monkey at the window for as long as one likes: `python tests/bench/monkey.py --seeds 20 --acts 3000`.

Each seed has a program of its own, so that a crash or a window that hangs is told with its last acts and the
stack of every thread, and the next seed goes on. Ends with the number of seeds at which something went wrong.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import tests.conftest  # noqa: F401  a home of its own for the program, before Qt is loaded
from studio.ui import app
from studio.ui.looks import theme
from studio.ui.safety.collecting import Collector
from studio.ui.safety.guard import guard_overrides
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.ui.window_monkey import WindowMonkey, end_deferred, trainable

ROUND = 500
"""After so many acts everything is undone and done again, and a new round begins."""

SECONDS_PER_ACT = 1.0
"""A seed that takes longer than this hangs."""


def one(seed: int, acts: int) -> None:
    """Let the monkey work from one seed in this very program."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "data.csv").write_text("a,b,label\n1,2,x\n3,4,y\n" * 8, encoding="utf-8")
        (folder / "picture.png").write_bytes(b"no picture")
        shown = app.application()
        settings = Settings(folder / "settings.json")
        guard_overrides()
        text.install(shown, "en")
        theme.apply(shown, "light")
        window = MainWindow(settings)
        collector = Collector()
        window.resize(1360, 860)
        window.show()
        window.activateWindow()
        window.document.begin()
        while not window.document.analysis.ready:
            shown.processEvents()
            time.sleep(0.01)
        collector.settle()
        monkey = WindowMonkey(window, seed, folder)
        began, failed = time.monotonic(), False
        try:
            for turn in range(max(1, acts // ROUND)):
                faulthandler.dump_traceback_later(ROUND * SECONDS_PER_ACT, exit=True)
                monkey.play(trainable(), min(ROUND, acts), train=turn % 2 == 0)
                faulthandler.cancel_dump_traceback_later()
        except BaseException:  # noqa: BLE001  told, and the next seed goes on
            traceback.print_exc()
            failed = True
        finally:
            print(
                f"seed {seed}: {monkey.done:,} acts, {monkey.trained:,} of them while training, "
                f"{monkey.checked:,} documents written and read again, {monkey.undone:,} steps undone, "
                f"{time.monotonic() - began:.0f} s; met {', '.join(sorted(monkey.opened))}",
                flush=True,
            )
        if failed:
            sys.stderr.flush()
            os._exit(1)  # whatever state the window is in
        collector.close()
        window.shut_down(keep_edits=False)
        window.close()
        window.deleteLater()
        end_deferred()


def main() -> int:
    """Go through the seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=4, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--acts", type=int, default=2000, help="things done from each")
    parser.add_argument("--one", type=int, default=None, help="this seed alone, in this very program")
    chosen = parser.parse_args()
    if chosen.one is not None:
        one(chosen.one, chosen.acts)
        return 0
    failed = 0
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        how = ["--one", str(seed), "--acts", str(chosen.acts)]
        command = [sys.executable, "-X", "faulthandler", __file__, *how]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        print(result.stdout, end="", flush=True)
        if result.returncode:
            failed += 1
            print(f"seed {seed} ended with {result.returncode}\n{result.stderr[-6000:]}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
