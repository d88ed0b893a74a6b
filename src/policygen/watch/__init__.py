"""Watching a source folder: what a save touches is built again, and open pages follow."""
