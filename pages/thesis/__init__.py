"""The five claims of the thesis, tested on the plan at hand."""
