"""What is done to a drawing from around the canvas: tabs, lists, menus, a person's own blocks."""
