"""Invented projects in any number, to see how the site does when there is much in it: `manage.py fill`. All of it is marked as a sample."""
