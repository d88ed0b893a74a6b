"""What changed between two versions, put so that those who approve can judge it."""
