"""Example workbooks and the seeded generator that makes them (``python -m instances.generate``).

Every person in them is synthetic. See ``README.md`` beside this file for origins and sizes.
"""
