//! Spaced repetition: the memory of one card, study days, and what is due. Pure; time is an argument.
