"""Every gesture that the canvas promises is held by a test that performs it on the real widget."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

GESTURES: dict[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "search at the pointer: Tab, Space, two clicks; both languages",
        (
            "ui/test_window_by_keys.py::test_tab_adds_what_is_typed_and_undo_takes_it_back",
            "ui/test_canvas_pointer.py::test_space_pans_when_held_and_asks_for_a_block_when_tapped",
            "ui/test_canvas_pointer.py::test_a_double_click_on_the_canvas_asks_for_a_block_there",
            "ui/test_search_in_window.py::test_a_block_is_placed_where_the_pointer_is",
        ),
    ),
    2: (
        "a wire into empty space offers what fits, and joins it",
        (
            "ui/test_window_gestures.py::test_a_wire_pulled_into_the_empty_canvas_gets_the_block_that_is_typed",
        ),
    ),
    3: (
        "what fits lights up, the rest dims, and a refusal says why",
        (
            "ui/test_canvas_wires.py::test_fitting_ports_light_up_and_the_rest_dims",
            "ui/test_canvas_wires.py::test_a_circle_is_refused_with_its_reason_while_the_wire_is_pulled",
            "ui/test_canvas_hands.py::test_what_cannot_fit_by_rank_or_kind_of_number_is_dimmed",
            "ui/test_canvas_hands.py::test_what_does_not_fit_says_why_and_is_taken_all_the_same",
        ),
    ),
    4: ("click and click", ("ui/test_canvas_wires.py::test_two_clicks_draw_a_wire_like_a_drag",)),
    5: (
        "a wire is pulled off its input",
        (
            "ui/test_canvas_wires.py::test_a_wire_is_pulled_off_its_input",
            "ui/test_canvas_wires.py::test_a_wire_is_moved_to_another_input",
        ),
    ),
    6: (
        "all wires of a port moved, or broken",
        (
            "ui/test_canvas_wires.py::test_ctrl_moves_all_wires_of_a_port",
            "ui/test_canvas_wires.py::test_alt_and_a_click_take_all_wires_off_a_port",
        ),
    ),
    7: ("wires are cut", ("ui/test_canvas_pointer.py::test_a_line_drawn_across_wires_cuts_them",)),
    8: (
        "dropped on a wire it goes into it, unless Alt is held",
        (
            "ui/test_canvas_wires.py::test_a_block_dropped_on_a_wire_is_put_into_it",
            "ui/test_canvas_wires.py::test_alt_keeps_a_dropped_block_out_of_a_wire",
            "ui/test_canvas_pointer.py::test_a_free_node_dropped_on_a_wire_goes_into_it",
        ),
    ),
    9: (
        "pulled out, or deleted, and the neighbours joined",
        (
            "ui/test_canvas_pointer.py::test_alt_pulls_a_node_out_and_joins_its_neighbours",
            "ui/test_canvas_keys.py::test_nodes_are_deleted_and_their_neighbours_joined",
        ),
    ),
    10: (
        "the menu of a wire",
        (
            "ui/test_canvas_hands.py::test_a_wire_is_disabled_and_deleted_by_its_menu",
            "ui/test_canvas_hands.py::test_a_block_is_put_into_a_wire_by_clicks_in_its_menu",
        ),
    ),
    11: (
        "a wire is led through points",
        (
            "ui/test_canvas_lead.py::test_alt_and_a_click_lead_a_wire_through_a_point",
            "ui/test_canvas_lead.py::test_a_point_is_dragged_without_alt_and_taken_out_with_it",
        ),
    ),
    12: (
        "boxes, Shift, Ctrl, all, inverted, up and down the wires",
        (
            "ui/test_canvas_pointer.py::test_a_box_selects_what_it_touches",
            "ui/test_canvas_pointer.py::test_clicks_select_add_and_toggle",
            "ui/test_canvas_keys.py::test_selecting_by_keys",
            "ui/test_canvas_hands.py::test_the_selection_is_inverted_with_frames_and_notes",
        ),
    ),
    13: (
        "duplicated, copied, pasted with what fed it",
        (
            "ui/test_canvas_keys.py::test_duplicates_stand_beside_and_keep_the_wires_among_them",
            "ui/test_canvas_keys.py::test_a_paste_can_keep_what_fed_the_originals",
            "ui/test_canvas_keys.py::test_cut_and_paste",
        ),
    ),
    14: (
        "the clipboard is text",
        ("ui/test_canvas_keys.py::test_a_piece_goes_through_the_clipboard_as_text",),
    ),
    15: ("deleted", ("ui/test_canvas_keys.py::test_a_node_is_deleted_with_its_wires",)),
    16: (
        "frames with title and colour; notes",
        (
            "ui/test_canvas_keys.py::test_a_frame_round_the_selection_and_a_note",
            "ui/test_canvas_colours.py::test_a_frame_gets_its_colour_in_the_menu",
        ),
    ),
    17: (
        "composites are made, opened, left, taken apart",
        (
            "ui/test_composites_window.py::test_keys_make_a_composite_and_take_it_apart",
            "ui/test_window_gestures.py::test_enter_opens_a_composite_and_escape_leaves_it",
        ),
    ),
    18: (
        "crumbs, and a tab a network",
        (
            "ui/test_composites_window.py::test_a_double_click_goes_inside_and_a_crumb_comes_back",
            "ui/test_network_tabs.py::test_a_tab_is_chosen_and_dragged_and_undo_puts_it_back",
            "ui/test_network_tabs.py::test_names_given_and_networks_removed_are_undone_to_the_very_text",
        ),
    ),
    19: (
        "bypassed where the shapes agree",
        (
            "ui/test_bypass.py::test_a_block_that_keeps_the_shape_is_bypassed",
            "ui/test_bypass.py::test_a_block_that_changes_the_shape_says_why_it_is_not",
        ),
    ),
    20: (
        "collapsed; unused ports hidden",
        (
            "ui/test_canvas_keys.py::test_a_node_is_collapsed_and_its_wires_follow",
            "ui/test_canvas_trimming.py::test_alt_h_hides_what_no_wire_uses_and_shows_it_again",
        ),
    ),
    21: ("selection, everything, 100 %", ("ui/test_canvas_keys.py::test_the_keys_of_looking",)),
    22: (
        "zoomed at the pointer by wheel and pinch; panned",
        (
            "ui/test_canvas_pointer.py::test_the_wheel_zooms_at_the_pointer",
            "ui/test_canvas_hands.py::test_a_pinch_zooms_at_the_fingers",
            "ui/test_canvas_pointer.py::test_the_middle_button_pans",
            "ui/test_canvas_pointer.py::test_space_pans_when_held_and_asks_for_a_block_when_tapped",
            "ui/test_canvas_pointer.py::test_two_fingers_pan_and_a_pinch_zooms",
        ),
    ),
    23: (
        "the minimap",
        (
            "ui/test_canvas_minimap.py::test_alt_m_shows_it_and_hides_it_in_the_chosen_corner",
            "ui/test_canvas_minimap.py::test_a_click_looks_there_and_a_drag_moves_what_is_seen",
        ),
    ),
    24: (
        "laid out, aligned, distributed, on a grid",
        (
            "ui/test_canvas_keys.py::test_everything_is_arranged_and_slides_there",
            "ui/test_canvas_pinning.py::test_keys_bring_blocks_in_line",
            "ui/test_canvas_pinning.py::test_keys_put_blocks_at_equal_distances",
            "ui/test_canvas_pointer.py::test_a_drag_moves_a_node_on_the_grid",
        ),
    ),
    25: (
        "renamed in place; help of the block",
        (
            "ui/test_canvas_keys.py::test_f2_renames_in_place",
            "ui/test_panel_help.py::test_f1_shows_what_the_chosen_block_does_and_the_block_at_work",
        ),
    ),
    26: (
        "what is told of a wire and of a node",
        ("ui/test_canvas_hands.py::test_a_pointer_that_rests_is_told_what_lies_there",),
    ),
    27: (
        "problems on the node; the next one",
        (
            "ui/test_canvas_shows.py::test_a_problem_is_drawn_on_its_node_and_its_wire",
            "ui/test_window_by_keys.py::test_f8_goes_from_problem_to_problem",
        ),
    ),
    28: ("found", ("ui/test_window_by_keys.py::test_a_block_is_found_by_its_name_and_by_enter_the_next",)),
    29: (
        "walked, moved and connected by keys",
        (
            "ui/test_canvas_keys.py::test_alt_and_the_arrows_walk_along_the_wires",
            "ui/test_canvas_keys.py::test_arrows_move_by_the_grid_and_make_one_step",
            "ui/test_canvas_keys.py::test_a_wire_is_drawn_by_keys_alone",
        ),
    ),
    30: (
        "undo, redo, the list of the history",
        (
            "ui/test_window_by_keys.py::test_a_command_is_typed_run_and_undone",
            "ui/test_window_gestures.py::test_the_history_is_jumped_in_by_the_mouse",
            "journeys/test_journey_recovery.py::test_everything_is_undone_to_the_start_and_done_again",
        ),
    ),
    31: ("every command", ("ui/test_window_by_keys.py::test_a_command_is_typed_run_and_undone",)),
    32: (
        "the sheet of shortcuts, and other keys",
        (
            "ui/test_window_gestures.py::test_the_sheet_of_shortcuts_opens_by_its_keys",
            "ui/test_shortcuts.py::test_keys_of_the_canvas_are_heard_by_the_canvas",
        ),
    ),
    33: (
        "trained, paused, stopped by keys",
        (
            "ui/test_window_train_keys.py::test_ctrl_enter_trains",
            "journeys/test_journey_training.py::test_pause_resume_stop_and_go_on",
        ),
    ),
    34: (
        "files dropped on the window",
        (
            "ui/test_window_drop.py::test_a_project_that_is_dropped_on_the_canvas_opens",
            "ui/test_window_drop.py::test_a_folder_of_pictures_becomes_the_data_and_undo_takes_it_back",
            "ui/test_window_drop.py::test_weights_are_compared_and_a_run_begins_with_them",
            "ui/test_window_drop.py::test_of_everything_else_it_is_said_what_it_is_and_what_can_be_done",
        ),
    ),
    35: ("pictures", ("ui/test_canvas_picture.py::test_a_picture_is_saved_from_the_menu",)),
    36: (
        "shapes on wires; skips round nodes",
        (
            "ui/test_canvas_labels.py::test_a_wire_taken_off_takes_its_label_with_it_and_undo_brings_it_back",
            "ui/test_canvas_ways.py::test_a_node_moved_into_a_wire_is_gone_round_and_undo_leads_it_straight",
        ),
    ),
    37: (
        "the badge of repeats, and parameters of composites",
        (
            "ui/test_window_gestures.py::test_a_composite_is_repeated_by_keys_and_its_badge_says_so",
            "ui/test_panel_inspector.py::test_parameters_of_a_composite_are_edited_where_it_is_used",
        ),
    ),
    38: (
        "a second wire into an input",
        ("ui/test_canvas_offer.py::test_both_are_brought_together_by_one_click",),
    ),
    39: (
        "the canvas locked, a node pinned",
        (
            "ui/test_canvas_locking.py::test_no_gesture_changes_anything",
            "ui/test_canvas_pinning.py::test_p_pins_a_block_and_lets_it_move_again",
        ),
    ),
    40: (
        "Esc in the middle",
        (
            "ui/test_canvas_pointer.py::test_escape_in_a_drag_leaves_everything_as_it_was",
            "ui/test_canvas_pointer.py::test_escape_while_pulling_out_puts_the_wires_back",
            "ui/test_canvas_wires.py::test_escape_puts_a_wire_back_that_was_taken_off",
            "ui/test_canvas_lead.py::test_esc_in_the_middle_leaves_everything_as_it_was",
            "ui/test_canvas_hands.py::test_escape_in_a_pan_goes_back",
            "ui/test_canvas_hands.py::test_escape_while_all_wires_of_a_port_are_moved",
            "ui/test_canvas_hands.py::test_escape_while_a_frame_or_a_note_is_moved",
            "ui/test_canvas_hands.py::test_escape_in_a_box_puts_the_selection_back",
            "ui/test_canvas_hands.py::test_a_block_that_is_dragged_out_again_leaves_nothing",
            "ui/test_network_tabs.py::test_escape_in_the_drag_of_a_tab_leaves_everything_as_it_was",
        ),
    ),
}
"""What a hand can do, by its number in the contract of the canvas, and the tests that hold it."""

COMPARED = ("step", "nothing", "dumps", "is")
"""By one of these a test compares the document with what it was; `Hand.step` undoes, `Hand.nothing` looks."""


@cache
def _functions(path: str) -> dict[str, set[str]]:
    """Give the tests of a file, and what each calls; `is` for one that knows its project by identity."""
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return {each.name: {*_said(each)} for each in tree.body if isinstance(each, ast.FunctionDef)}


def _said(test: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(test):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
                yield name
            case ast.Compare(left=ast.Attribute(attr="project"), ops=[ast.Is()]):
                yield "is"


def test_no_gesture_is_without_a_test() -> None:
    assert list(GESTURES) == list(range(1, 41))
    assert all(tests for _, tests in GESTURES.values())


@pytest.mark.parametrize("number", GESTURES)
def test_what_holds_a_gesture_is_there_and_looks_at_the_document(number: int) -> None:
    what, tests = GESTURES[number]
    looked = []
    for test in tests:
        path, _, name = test.partition("::")
        assert name in _functions(path), f"{number}, {what}: {test} is gone"
        looked.append(bool(_functions(path)[name] & set(COMPARED)))
    assert any(looked), f"{number}, {what}: no test compares the document with what it was"
