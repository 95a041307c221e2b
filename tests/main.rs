//! The tests, one module for each module of the program, in one binary.

// A test that fails should say where; these are the ways to fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub)]

mod archive;
mod child;
mod cli;
mod columns;
mod contract;
mod deadlines;
mod decode;
mod dictionaries;
mod dumps;
mod emit;
mod eval;
mod executors;
mod exports;
mod figures;
mod fixtures;
mod flow;
mod generated;
mod headings;
mod import;
mod independent;
mod layouts;
mod link;
mod names;
mod normalise;
mod offices;
mod pages;
mod promises;
mod properties;
mod readme;
mod register;
mod repair;
mod scans;
mod sheets;
mod snapshots;
mod strays;
mod support;
mod tabulate;
mod text;
mod tidy;
mod words;
