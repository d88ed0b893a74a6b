"""What authors write: the records of a source folder, each with its place."""
