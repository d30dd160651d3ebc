"""Reconciliation (W3C community group): match the names of a spreadsheet with things here."""
