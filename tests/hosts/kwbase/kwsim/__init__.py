"""The stand-in for kwbase; see ../README.md for which module does what."""
