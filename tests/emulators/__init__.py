"""Emulators of AWS behind a gate that behaves at the door as AWS does."""
