"""What is in front of a face: glasses, hair, caps, masks. Found by what a bare face and light do not explain."""
