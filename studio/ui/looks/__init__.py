"""How the window looks: its two themes, their colours and distances, the stylesheet and the icons."""
