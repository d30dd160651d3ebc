"""Write what was extracted as RDF."""
