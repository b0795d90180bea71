"""Bytes of a file → paragraphs and tables; what they mean is the domain's business."""
