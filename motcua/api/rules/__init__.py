"""National and international formats: how our words are called there. Here and nowhere else."""
