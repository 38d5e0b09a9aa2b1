"""Drawn things in front of a face, and drawn things on it that are none: what finding them is measured with.

Points are in crop pixels.
"""
