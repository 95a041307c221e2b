# What the gate runs.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test
    cargo run --release -- eval fixtures --gate fixtures/scores.toml
    cargo run --release -- eval fixtures/invented --gate fixtures/invented/scores.toml

# Writes the drawn stage snapshots anew: read every line of the difference before it is committed.
accept:
    UPDATE_EXPECT=1 cargo test snapshots
    git diff tests/snapshots

# Speed of every stage beside the floor.
bench:
    cargo bench
