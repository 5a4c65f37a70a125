"""Payments without a database: VietQR codes, matching of transfers, totals of a day."""
