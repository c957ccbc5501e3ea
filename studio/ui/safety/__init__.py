"""What keeps the window alive: mistakes are told and survived, garbage is collected at leisure."""
