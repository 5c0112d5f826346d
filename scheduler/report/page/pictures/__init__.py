"""The pictures of a page, each made from figures and with its table."""
