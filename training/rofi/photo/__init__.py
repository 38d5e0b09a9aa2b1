"""Whole photographs as the product treats them: finding, alignment on a grid, resampling, blending back."""
