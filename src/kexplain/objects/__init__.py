"""What a file holds: objects, their fields as they are walked, and what others may know of them.

No verdict is made here.
"""
