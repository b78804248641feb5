//! What holds for every input of the policies, and the rules that the published cases leave open.

mod istio;
mod locality;
mod outlier;
mod priority;
mod retry;
