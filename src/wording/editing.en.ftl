# What the functions for authors of rules say, in English.
