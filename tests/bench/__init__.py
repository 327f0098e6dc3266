"""How fast the site is, and whether it stays so when there is much in it: `make bench`, docs/performance.md."""
