"""The bundled documents."""
