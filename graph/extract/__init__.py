"""References, figures, events and statements."""
