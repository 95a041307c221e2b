//! The contract of the dictionaries: every rule holds its own examples, every row has its form.

use svod::dictionaries::{Example, Rules, SlotReader, Tokens};

use crate::support::DICTIONARIES;

#[test]
fn probe() {
    let phrases = &DICTIONARIES.phrases;
    let slots = phrases.slots();
    probe_rules("deadlines", &phrases.deadlines, &slots, true);
    probe_rules("blocks", &phrases.blocks, &slots, false);
    probe_rules("headings", &DICTIONARIES.headings.roles, &slots, false);
}

fn probe_rules<G: Copy + PartialEq>(name: &str, rules: &Rules<G>, slots: &SlotReader, anywhere: bool) {
    for rule in rules.iter() {
        for refused in &rule.refuses {
            let tokens = Tokens::new(refused);
            let end = if anywhere { tokens.len() } else { 1 };
            for at in 0..end {
                if let Some(best) = rules.longest_at(&tokens, at, slots) {
                    println!(
                        "{name} {}: refuses «{refused}», read by {} at {at} own={}",
                        rule.id,
                        best.rule.id,
                        best.rule.id == rule.id
                    );
                }
            }
        }
        for reads in &rule.reads {
            let text = match reads {
                Example::Text(t) => t,
                Example::Valued(v) => &v[0],
            };
            let tokens = Tokens::new(text);
            if !(0..tokens.len())
                .any(|at| rules.longest_at(&tokens, at, slots).is_some_and(|best| best.rule.id == rule.id))
            {
                println!("{name} {}: does not read «{text}»", rule.id);
            }
        }
    }
}
