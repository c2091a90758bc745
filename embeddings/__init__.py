"""Graph to answers: encoder, indexes, search. May import ``kg``, never ``web`` or ``cli``."""
