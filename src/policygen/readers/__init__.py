"""Readers: the texts of a source folder in, records out, with every fault told."""
