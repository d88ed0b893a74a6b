"""Write the pages about the sample trust's library anew: ``make pages``."""

from library import coverage, readability
from library.sample import sample

coverage.PAGE.write_text(coverage.page(sample()), encoding="utf-8")
readability.PAGE.write_text(readability.page(), encoding="utf-8")
