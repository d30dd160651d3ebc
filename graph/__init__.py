"""The converter and the library."""
