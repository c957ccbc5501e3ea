"""Started by a test: edits without end and writes the journal, saying what must be recovered.

    python killed_editor.py JOURNALS FILE

On standard output, each edit is told with the project's checksum, before and after it is in the journal.
The test kills this process at some moment.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from studio.graph import Message
from studio.project import History, edits
from studio.project.file import dumps, write
from studio.project.journal import Journal
from tests.documents import MAIN, sample


def main(folder: Path, file: Path) -> None:
    """Edit, undo, redo and save until somebody ends it."""
    history = History(sample())
    write(history.project, file)
    journal = Journal(folder)
    journal.begin(history.project, file)
    before = history.project

    def told(_change: object, after: object) -> None:
        nonlocal before
        state = hashlib.sha256(dumps(history.project).encode()).hexdigest()
        print("doing", state, flush=True)
        journal.append(before, history.project)
        before = history.project
        print("done", state, flush=True)

    history.listen(told)
    print("ready", flush=True)
    for step in range(10**9):
        match step % 7:
            case 0 | 1 | 2:
                project, _node = edits.add_node(history.project, MAIN, "relu", (8.0 * step % 4000, 0))
                history.do(Message("Add"), project)
            case 3:
                project = edits.set_loop(history.project, "epochs", step + 1)
                history.do(Message("Set"), project)
            case 4:
                history.undo()
            case 5:
                history.redo()
            case _:
                newest = list(history.project.graph(MAIN).nodes)[-1]
                history.do(Message("Remove"), edits.remove_nodes(history.project, MAIN, [newest]))
        if step % 50 == 49:
            write(history.project, file)
            journal.saved(history.project, file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
