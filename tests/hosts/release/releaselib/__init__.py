"""Builds stand-in release archives of KWDB."""
