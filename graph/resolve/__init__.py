"""Decide which mentions name the same thing."""
