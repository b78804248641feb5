//! What is still to happen, in order of time; what falls on one instant leaves in order of scheduling.

use crate::sim::time::SimTime;

/// A queue of events.
///
/// A binary heap over (time, number of scheduling): the number is what makes ties leave first-in first-out, so
/// that a run is one sequence and not several.
#[derive(Clone, Debug)]
pub struct Queue<E> {
    heap: Vec<Entry<E>>,
    scheduled: u64,
    now: SimTime,
}

#[derive(Clone, Copy, Debug)]
struct Entry<E> {
    at: SimTime,
    number: u64,
    event: E,
}

impl<E> Entry<E> {
    #[inline]
    fn before(&self, other: &Self) -> bool {
        (self.at, self.number) < (other.at, other.number)
    }
}

impl<E: Copy> Default for Queue<E> {
    fn default() -> Self {
        Self { heap: Vec::new(), scheduled: 0, now: SimTime::ZERO }
    }
}

impl<E: Copy> Queue<E> {
    /// Schedules an event.
    ///
    /// # Panics
    ///
    /// If it lies before what has already left: time does not run back, and only a bug could ask for it.
    #[inline]
    pub fn schedule(&mut self, at: SimTime, event: E) {
        assert!(at >= self.now, "an event for {at} was scheduled at {}", self.now);
        self.heap.push(Entry { at, number: self.scheduled, event });
        self.scheduled += 1;
        self.rise(self.heap.len() - 1);
    }

    /// When the next event is due.
    #[inline]
    pub fn next_at(&self) -> Option<SimTime> {
        self.heap.first().map(|entry| entry.at)
    }

    /// Takes the next event.
    #[inline]
    pub fn pop(&mut self) -> Option<(SimTime, E)> {
        let last = self.heap.pop()?;
        let first = match self.heap.first_mut() {
            Some(root) => std::mem::replace(root, last),
            None => last,
        };
        self.sink(0);
        self.now = first.at;
        Some((first.at, first.event))
    }

    /// How many events wait.
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Nothing waits.
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    #[inline]
    fn rise(&mut self, mut at: usize) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if !self.heap[at].before(&self.heap[parent]) {
                break;
            }
            self.heap.swap(at, parent);
            at = parent;
        }
    }

    #[inline]
    fn sink(&mut self, mut at: usize) {
        loop {
            let left = 2 * at + 1;
            if left >= self.heap.len() {
                break;
            }
            let right = left + 1;
            let child = if right < self.heap.len() && self.heap[right].before(&self.heap[left]) {
                right
            } else {
                left
            };
            if !self.heap[child].before(&self.heap[at]) {
                break;
            }
            self.heap.swap(at, child);
            at = child;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::rng::{Concern, Seed, Stream};

    #[test]
    fn events_leave_in_order_of_time_and_ties_in_order_of_scheduling() {
        let mut stream = Stream::new(Seed(1), Concern::Arrivals, 0);
        let mut queue = Queue::default();
        for number in 0..5_000_u64 {
            queue.schedule(SimTime::from_nanos(stream.draw() % 50), number);
        }
        let mut left = Vec::new();
        while let Some((at, number)) = queue.pop() {
            left.push((at, number));
        }
        let mut sorted = left.clone();
        sorted.sort_unstable();
        assert_eq!(left.len(), 5_000);
        assert_eq!(left, sorted);
    }

    #[test]
    #[should_panic(expected = "was scheduled at")]
    fn the_past_is_refused() {
        let mut queue = Queue::default();
        queue.schedule(SimTime::from_nanos(5), ());
        queue.pop();
        queue.schedule(SimTime::from_nanos(4), ());
    }
}
