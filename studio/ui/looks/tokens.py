"""The colours, distances and sizes of the window's two themes, as plain values.

Every text colour reads at 4.5:1 or better on what it stands on, for both themes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

UNIT = 8
"""The grid that every distance is a multiple of, in device-independent pixels."""

SPACE_TINY, SPACE_SMALL, SPACE, SPACE_LARGE, SPACE_HUGE = 4, 8, 16, 24, 32
"""Distances: within a control, between controls, around a panel, between groups, around a page."""

RADIUS_SMALL, RADIUS, RADIUS_LARGE = 4, 6, 10
"""Corners of small marks, of controls, of cards and nodes."""

FONT_SMALL, FONT_BASE, FONT_HEADING, FONT_TITLE = 11, 13, 15, 20
"""Sizes of text in device-independent pixels: captions, everything, headings, page titles."""

CONTROL_HEIGHT = 32
"""How high a button or an input is."""

ICON_SIZE = 18
"""How large an icon in a button or a tool bar is."""


@dataclass(frozen=True)
class Family:
    """The colours of one family of blocks."""

    fill: str
    """A strong surface: a node's header, a badge, a mark; also as text or line on a panel or the canvas."""
    text: str
    """What is written on `fill`."""
    soft: str
    """A faint surface of the same hue, for the theme's usual text."""


@dataclass(frozen=True)
class Theme:
    """Every colour of one theme, by what it is for, as `#RRGGBB`."""

    name: Literal["light", "dark"]
    window: str
    """Behind the docks: tool bars, tab bars, the status bar."""
    panel: str
    """Docks and dialogs."""
    raised: str
    """Menus, tool tips, cards: what lies above a panel."""
    field: str
    """Inputs, lists, tables."""
    hover: str
    """Under the mouse."""
    pressed: str
    """Held down, or switched on."""
    border: str
    """Lines between things."""
    border_strong: str
    """The outline of something that can be used: an input, a check box."""
    text: str
    muted: str
    """Text that may be overlooked: captions, units, hints."""
    disabled: str
    """Text and icons of what cannot be used now."""
    icon: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    """What is written on `accent`."""
    accent_soft: str
    """Selected rows and the like, under usual text."""
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    error: str
    error_hover: str
    error_text: str
    """What is written on `error`."""
    error_soft: str
    canvas: str
    grid: str
    grid_strong: str
    wire: str
    wire_hover: str
    node: str
    node_border: str
    selection: str
    """The outline of what is selected on the canvas."""
    selection_fill: str
    """The rubber band, with its transparency: `#AARRGGBB`."""
    shadow: str
    """Under menus and nodes, with its transparency: `#AARRGGBB`."""
    series: tuple[str, ...]
    """Lines of charts, apart from each other for colour-blind eyes too."""
    families: Mapping[str, Family]
    """Colours of block families by group; `family` answers for unknown groups too."""

    @property
    def dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == "dark"

    def family(self, group: str) -> Family:
        """Give the colours of a block family; a group that is not known has the unknown's."""
        return self.families.get(group, self.families["unknown"])

    def colour(self, role: str) -> str:
        """Give a colour by its role: a name of this theme, `series0`..., or a block family.

        Raises:
            KeyError: no colour has this role.
        """
        if role in _ROLES:
            return str(getattr(self, role))
        if role.startswith("series") and role[6:].isdigit():
            return self.series[int(role[6:]) % len(self.series)]
        return self.families[role].fill


_ROLES = frozenset(field.name for field in dataclasses.fields(Theme)) - {"name", "series", "families"}

_FAMILIES = MappingProxyType(
    {
        # family: (light fill, light soft, dark fill, dark soft); equal lightness (OKLCH) within a column
        "io": ("#5E6A7A", "#EDF0F5", "#A0ACBB", "#2B2E33"),
        "linear": ("#2466C3", "#E8F1FF", "#74ACFE", "#1D2E48"),
        "convolution": ("#6356BF", "#EEEEFE", "#A29DFD", "#2B2A47"),
        "pooling": ("#097974", "#E0F5F3", "#65BCB7", "#183331"),
        "normalization": ("#027493", "#DEF4FE", "#5AB8DB", "#15323D"),
        "activation": ("#9F5102", "#FEECE1", "#E89457", "#412714"),
        "regularization": ("#875D4F", "#F9EDEA", "#C8A193", "#372B26"),
        "shape": ("#536B85", "#EBF1F7", "#97ADC5", "#282F36"),
        "combine": ("#607204", "#EDF3DE", "#A2B562", "#2B3118"),
        "sequence": ("#027E47", "#E2F6E8", "#6EC08C", "#1B3424"),
        "attention": ("#AB3276", "#FEEAF2", "#ED82B8", "#432132"),
        "embedding": ("#B23645", "#FEEBEB", "#F4858A", "#452224"),
        "padding": ("#3F6B8A", "#E6F1F9", "#86AFCF", "#22313C"),
        "making": ("#6B6A2B", "#F1F0E0", "#B3B07C", "#2F2E1C"),
        "distance": ("#8A4B6B", "#F9ECF2", "#CC98B2", "#3A2830"),
        "math": ("#856302", "#F8EFDD", "#C8A65B", "#372C15"),
        "composite": ("#8747AA", "#F7EBFF", "#C790E9", "#372641"),
        "custom": ("#0B7285", "#E0F5F8", "#66B9C9", "#17323A"),
        "unknown": ("#696969", "#F0F0F0", "#ABABAB", "#2E2E2E"),
    }
)

LIGHT = Theme(
    name="light",
    window="#F1F3F6",
    panel="#FAFBFC",
    raised="#FFFFFF",
    field="#FFFFFF",
    hover="#E9ECF1",
    pressed="#DDE2EA",
    border="#DFE3E9",
    border_strong="#BCC3CF",
    text="#1B1F2B",
    muted="#5A6273",
    disabled="#A2A9B6",
    icon="#434A5B",
    accent="#3D5BD9",
    accent_hover="#324EC4",
    accent_pressed="#2942AB",
    accent_text="#FFFFFF",
    accent_soft="#E3E9FD",
    good="#11764A",
    good_soft="#DEF5E8",
    warning="#8F5800",
    warning_soft="#FDF0D8",
    error="#C42B3C",
    error_hover="#AB2030",
    error_text="#FFFFFF",
    error_soft="#FDE8EA",
    canvas="#F7F8FA",
    grid="#E7EAEF",
    grid_strong="#DADFE7",
    wire="#8B94A5",
    wire_hover="#4B5567",
    node="#FFFFFF",
    node_border="#D0D6DF",
    selection="#3D5BD9",
    selection_fill="#263D5BD9",
    shadow="#24101828",
    series=("#3D5BD9", "#C2541B", "#0F8265", "#A3328F", "#8A6A00", "#0B7FAB", "#B5304A", "#5F6B7D"),
    families=MappingProxyType(
        {name: Family(fill, "#FFFFFF", soft) for name, (fill, soft, _, _) in _FAMILIES.items()}
    ),
)

DARK = Theme(
    name="dark",
    window="#14161B",
    panel="#1B1E25",
    raised="#252932",
    field="#15181E",
    hover="#2A2F39",
    pressed="#353B47",
    border="#2D323D",
    border_strong="#4A5262",
    text="#E6E8EE",
    muted="#9DA5B5",
    disabled="#5E6675",
    icon="#BAC1CE",
    accent="#86A0FF",
    accent_hover="#9DB2FF",
    accent_pressed="#7189EA",
    accent_text="#10142A",
    accent_soft="#29335A",
    good="#5FCB90",
    good_soft="#183526",
    warning="#E7B55A",
    warning_soft="#3A2D14",
    error="#FF828C",
    error_hover="#FF9BA3",
    error_text="#2A0A0E",
    error_soft="#42202A",
    canvas="#111318",
    grid="#1B1F26",
    grid_strong="#262B34",
    wire="#6C7689",
    wire_hover="#B4BDCC",
    node="#20242C",
    node_border="#363D4A",
    selection="#86A0FF",
    selection_fill="#3386A0FF",
    shadow="#66000000",
    series=("#86A0FF", "#F09A5E", "#5CCBA5", "#E58AD6", "#D9BC55", "#5DC0E6", "#F58498", "#A7B0BF"),
    families=MappingProxyType(
        {name: Family(fill, "#14161B", soft) for name, (_, _, fill, soft) in _FAMILIES.items()}
    ),
)
