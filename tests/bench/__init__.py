"""``make bench``: what building costs, against what people would use instead."""
