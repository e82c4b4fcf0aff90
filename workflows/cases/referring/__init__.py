"""移送: the agency's own steps of a referral as a process, and what either track means for the other."""
