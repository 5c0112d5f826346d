"""The dossier of a roster as one HTML document and as one object."""
