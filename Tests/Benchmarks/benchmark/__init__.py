"""Measures tokenctl and tokend beside their yardsticks; nothing here passes or fails."""
