/*!
What rules of dictionaries say of themselves, held against what they do.

This module never changes a rule. What a heading's or a block's rule `reads` it reads from the first word on, alone;
what it `refuses` no rule of the same meaning reads. The rules of terms are held to their values by those who read terms.
*/

use super::rules::{Example, Rules};
use super::tokens::Tokens;
use super::{Dictionaries, Phrases};

impl Dictionaries {
    /// Everything that the rules for headings and blocks say and do not do, a sentence each.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = rule_faults("headings.toml", &self.headings.roles, &self.phrases);
        faults.extend(rule_faults("blocks.toml", &self.phrases.blocks, &self.phrases));
        faults
    }
}

fn rule_faults<G: Copy + PartialEq>(file: &str, rules: &Rules<G>, phrases: &Phrases) -> Vec<String> {
    let slots = phrases.slots();
    let mut faults = Vec::new();
    for rule in rules.iter() {
        for example in &rule.reads {
            let Example::Text(text) = example else {
                faults.push(format!("{file}: {} has an example with a value", rule.id));
                continue;
            };
            match rules.longest_at(&Tokens::new(text), 0, &slots) {
                None => faults.push(format!("{file}: {} does not read «{text}», nor does any", rule.id)),
                Some(best) if best.rule.id != rule.id => {
                    faults.push(format!("{file}: {} does not read «{text}», {} does", rule.id, best.rule.id))
                }
                Some(best) if !best.tied.is_empty() => faults
                    .push(format!("{file}: {} reads «{text}» no better than {}", rule.id, best.tied[0].id)),
                Some(_) => {}
            }
        }
        for text in &rule.refuses {
            let Some(best) = rules.longest_at(&Tokens::new(text), 0, &slots) else { continue };
            let winners = std::iter::once(best.rule).chain(best.tied.iter().copied());
            let same = winners.filter(|winner| winner.gives == rule.gives);
            faults.extend(
                same.map(|winner| format!("{file}: {} refuses «{text}», {} reads it", rule.id, winner.id)),
            );
        }
    }
    faults
}
