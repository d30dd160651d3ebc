"""Cut a document into blocks."""
