"""OWL 2 RL closure with proofs."""
