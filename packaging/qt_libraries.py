"""Names the system packages that Qt's window needs on Linux and that this machine lacks.

Kept to the syntax of Python 3.7 and to the standard library: it runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple


class Library(NamedTuple):
    """A shared library, and the package that brings it on Debian and on Fedora."""

    file: str
    debian: str
    fedora: str


ALWAYS = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libX11.so.6", "libx11-6", "libX11"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libz.so.1", "zlib1g", "zlib"),
    Library("libzstd.so.1", "libzstd1", "libzstd"),
)
"""What Qt's modules themselves load, with or without a screen."""

X11 = (
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
)
"""What Qt loads besides to show a window on an X11 screen."""

WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
)
"""What Qt loads besides to show a window on a Wayland screen."""

FONT = Library("a font", "fonts-dejavu-core", "dejavu-sans-fonts")
"""Qt brings no font of its own: without one, every text is blank."""

_FONT_FILES = (".ttf", ".otf", ".ttc", ".pfb")


def loads(file: str) -> bool:
    """Say whether the system finds a shared library."""
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def has_font(folders: Iterable[Path]) -> bool:
    """Say whether any of the folders holds a font."""
    return any(
        name.lower().endswith(_FONT_FILES)
        for folder in folders
        for _path, _folders, names in os.walk(str(folder))
        for name in names
    )


def font_folders() -> list[Path]:
    """Give the folders where a Linux system keeps fonts."""
    home = Path.home()
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]


def has_screen(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Say whether a window can be shown: off Linux always, there on a named screen or Qt platform."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in names)


def missing(
    environment: Mapping[str, str],
    *,
    platform: str = sys.platform,
    found: Callable[[str], bool] = loads,
    font: Callable[[], bool] = lambda: has_font(font_folders()),
) -> list[Library]:
    """List what Qt needs for the screen that the environment names, and the system lacks.

    Args:
        environment: the variables that Qt will start with.
        platform: the system's name, as `sys.platform` gives it.
        found: tells whether a shared library is there.
        font: tells whether any font is there.
    """
    if not platform.startswith("linux"):
        return []
    wanted = list(ALWAYS)
    chosen = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if chosen == "xcb" or (
        not chosen and environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY")
    ):
        wanted += X11
    elif chosen == "wayland" or (not chosen and environment.get("WAYLAND_DISPLAY")):
        wanted += WAYLAND
    lacking = [library for library in wanted if not found(library.file)]
    return lacking if font() else [*lacking, FONT]


def advice(libraries: Iterable[Library]) -> str:
    """Say in one line which packages bring the missing libraries."""
    lacking = list(libraries)
    debian = " ".join(dict.fromkeys(library.debian for library in lacking))
    fedora = " ".join(dict.fromkeys(library.fedora for library in lacking))
    return (
        "System libraries that Qt needs are missing. Debian, Ubuntu: "
        f"sudo apt-get install {debian} (Fedora: sudo dnf install {fedora})"
    )
