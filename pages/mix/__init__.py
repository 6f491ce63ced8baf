"""Which of the plan's tactics are worth their money: a search over all mixes of them."""
