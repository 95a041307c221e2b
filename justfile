# The gate.
check:
    .ci/run

# Writes the drawn stage snapshots anew: read every line of the difference before it is committed.
accept:
    UPDATE_EXPECT=1 cargo test snapshots
    git diff tests/snapshots

# Speed of every stage beside the floor.
bench:
    cargo bench
