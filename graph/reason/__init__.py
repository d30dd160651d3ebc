"""OWL 2 RL closure with proofs.

rules (data) → interpreter closes the axioms → compile → engine (facts, effects, joins, identity)
→ reasoner: add, remove, close, inferred, proof, clashes → inference: the graph ``inferred``

`infer` is the step of a build; `Reasoner` the library; `owlrl_oracle` the reference.
"""

from . import owlrl_oracle
from .consistency import Contradiction
from .inference import Inference, infer
from .proofs import Clash, Proof
from .reasoner import Reasoner
from .records import Derivation, quads, record_iri

__all__ = [
    "Clash",
    "Contradiction",
    "Derivation",
    "Inference",
    "Proof",
    "Reasoner",
    "infer",
    "owlrl_oracle",
    "quads",
    "record_iri",
]
