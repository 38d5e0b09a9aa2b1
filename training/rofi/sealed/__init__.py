"""The sealed code in the pixels: what is written, where, and how it is read back (SECURITY.md)."""
