"""What the busiest paths cost, as a ratio to a bare Django view measured in the same run (docs/benchmarks.md).

Not tests: nothing here fails because a machine is slow. `make bench` runs all of it, `python -m tests.benchmarks` with
names a part.
"""
