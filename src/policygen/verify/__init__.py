"""What a file or a printed fingerprint is: which document, in which wording, how it has
changed since."""

from policygen.verify.outputs import as_data, as_text
from policygen.verify.records import NoFingerprintError, Verdict
from policygen.verify.verdicts import verify_file, verify_fingerprint

__all__ = [
    "NoFingerprintError",
    "Verdict",
    "as_data",
    "as_text",
    "verify_file",
    "verify_fingerprint",
]
