"""What an attacker without the key gets out of the pixels, of the code before 0.7.0 and of the sealed one."""
