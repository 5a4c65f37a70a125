"""The five localities whose published figures are replayed: one module each, over one engine.

Data: que_son, thanh_binh, kim_long, thuan_bac, cu_mgar (and places, people, catalogue that they share). Engine: plan (what
a locality is), drawing (who comes when, and what becomes of each), founding (the locality as rows), course (one dossier's
way), replay (one counter's traffic), figures (published beside computed).
"""
