"""The equations of the model in plain NumPy, a month after the other: what the engine must equal.

Purpose: a second, slower implementation to compare results with and to measure speed against.
May import: simulation, for inputs and draws. Nothing but the bench and tests imports this.
Tested by: agreement with the engine on many plans.
"""
