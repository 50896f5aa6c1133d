"""Rules about several objects: one module per rule, of the same name, each with check(subject, others).

They see facts, never trees; a rule about one object is a check.
"""
