"""The demonstration: the fictional province of Tân Lam, with its district past and today's two levels."""
