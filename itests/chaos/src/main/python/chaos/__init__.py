"""Kills what serves file systems while programs use them, and looks at what the programs saw.

Nothing of Froggr is imported here: it is driven by its command line and looked at through /proc. What a run does is
decided by its seed; when exactly a kill hits a program is decided by the machine.
"""
