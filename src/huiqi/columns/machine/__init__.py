"""The compiled path: the program of a rule book run by a small virtual machine."""
