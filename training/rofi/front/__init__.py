"""What is in front of a face: glasses, hair, hands, masks. Found by a small network that drawn occluders taught."""
