"""Ophthalmic signs: drawn on healthy faces, detected by a weakly supervised network (section 4.2)."""
