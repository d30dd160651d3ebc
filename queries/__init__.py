"""The question library: one SPARQL query per file."""
