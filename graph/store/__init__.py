"""One interface over the embedded store and remote endpoints."""
