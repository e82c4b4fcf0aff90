"""版头 of the office: who a paper is from, and its 代字."""
