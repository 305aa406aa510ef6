"""Every act at every wrong moment by every wrong hand, as tables to read: what the answer is, cell by cell.

`scenes` has a table of each kind and `moments` the moments at which it can be found. What each person may do there
stands in a file named after the scene, what the moment changes in `moments.txt`; `grids` reads both.
"""
