"""What a plan says, held against drawing and data before anything is trained, and how to mend it."""
