"""Laws that disagree about a clock: which of them counts is the office's to say, by default all of them."""
