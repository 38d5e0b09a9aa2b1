"""Measures the exported networks as the product uses them."""
