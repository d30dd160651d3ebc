"""Find names."""
