"""The judgement of a trained network: answers beside the truth, figures, reasons, and single samples."""
