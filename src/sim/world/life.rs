//! A pod's life, from its start to its end, and what is said of it meanwhile.

use super::{Pod, Told};

/// Where a pod is in its life. What is broken about it ([`super::Condition`]) comes on top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Life {
    /// It runs and listens.
    #[default]
    Serving,
    /// It has been asked to stop and takes calls until its `preStop` hook is over.
    Leaving,
    /// It has stopped listening and finishes what it has.
    Draining,
    /// There is no such pod: nothing answers at its address.
    Gone,
    /// It is wanted and cannot be made where it is to be: something it needs is missing.
    Pending,
    /// It is there and does not listen yet.
    Starting,
}

impl Pod {
    /// What its cluster's API server says of it. One that terminates is left out of every list whatever the version;
    /// one that starts is there and not ready (Istio's `endpointslice.go`, `endpointHealthStatus`).
    pub fn word(&self) -> Told {
        let condition = &self.condition;
        match self.life {
            Life::Leaving | Life::Draining | Life::Gone | Life::Pending => Told::Gone,
            Life::Starting => Told::NotReady,
            Life::Serving if condition.crashed || condition.not_ready || self.node_lost => Told::NotReady,
            Life::Serving => Told::Ready,
        }
    }

    /// No packet gets to it or comes back. An address that nobody has any more drops packets as a dead node does.
    #[inline]
    pub fn unreachable(&self) -> bool {
        self.condition.down || !self.exists()
    }

    /// A connection to it is refused at once: nobody listens there.
    #[inline]
    pub fn refuses(&self) -> bool {
        let condition = &self.condition;
        condition.refuse || condition.crashed || matches!(self.life, Life::Draining | Life::Starting)
    }

    /// There is such a pod, and it is paid for.
    #[inline]
    pub fn exists(&self) -> bool {
        !matches!(self.life, Life::Gone | Life::Pending)
    }
}
