"""How fast the product is on this machine: `python -m bench` prints one table.

Purpose: a number for each thing people wait for, and beside it what it is compared with.
May import: everything but pages. Nothing imports this.
Tested by: tiny sizes, finite numbers; never by a time.
"""
