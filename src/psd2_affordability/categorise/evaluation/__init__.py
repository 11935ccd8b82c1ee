"""How well rows are understood, against labels that people gave: figures, their uncertainty, and peers."""
