"""The atlas of synthetic people, the person that a key makes of it, and how old a face looks."""
