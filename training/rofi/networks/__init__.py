"""One file a network, and the blocks they share."""
