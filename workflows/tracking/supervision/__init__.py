"""三色督办: whom the ladder reminds and chases, the sweep that does it, and the slips (督办单) it sends."""
