"""Parts that know nothing of networks or projects: labels, lists, dialogs, sheets, matrices."""
