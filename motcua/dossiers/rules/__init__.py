"""The rules of a dossier's life: pure Python, values in, values out."""
