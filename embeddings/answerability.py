def is_answered(retrieval): return True
