"""Networks that replace a face, keep its eye signs, and give the original back to the key's holder."""
