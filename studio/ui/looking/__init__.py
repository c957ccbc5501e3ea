"""What the window has others work out aside of it: shapes, data, what flows, judgements."""
