"""The ontology, its shapes, vocabularies and authority files."""
