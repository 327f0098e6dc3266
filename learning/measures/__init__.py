"""What the learning was worth: pure functions over rows, one file per measure, formulas and sources from VALUE_MODEL §5 and §12.

Nobody but `learning.disclosure` imports them: a number that leaves this folder any other way is protected by nothing.
"""
