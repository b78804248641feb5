//! A region's columns and rows as cells of the screen, mirrored where it flows to the left.

use super::Spot;
use super::columns::{Column, Columns};
use crate::app::geometry::Area;
use crate::mesh_view::PlaceKind;

/// Where columns and rows of one region are on the screen.
#[derive(Debug)]
pub struct Grid {
    pub region: usize,
    pub inner: Area,
    pub mirrored: bool,
    pub columns: Columns,
    pub rows: Rows,
    /// The row of the stores' names, if there is one.
    pub stores: Option<u16>,
    pub trunk: u16,
}

/// The rows of the pods.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// The first one.
    pub first: u16,
    /// From one to the next.
    pub spacing: u16,
    /// How many there is room for, spaces counted.
    pub room: u16,
    /// Each pod has its own.
    pub own: bool,
}

impl Grid {
    /// A cell so many columns from the users' side.
    const fn x(&self, column: u16) -> u16 {
        self.text_x(column, 1)
    }

    /// Where text of so many columns begins.
    pub const fn text_x(&self, column: u16, room: u16) -> u16 {
        if self.mirrored {
            (self.inner.x + self.inner.width).saturating_sub(column + room)
        } else {
            self.inner.x + column
        }
    }

    /// Where a column's lines leave it, and where they meet.
    const fn way_out(&self, column: Column) -> (u16, u16) {
        let gap = column.start + column.room + column.proxy;
        (self.x(gap), self.x(gap + if column.gap >= 3 { 1 } else { 0 }))
    }

    /// The bus after the column with this number, counted from the users.
    pub fn bus_after(&self, column: usize) -> Option<u16> {
        self.columns.list.get(column).map(|column| self.way_out(*column).1)
    }

    pub fn users(&self) -> Option<Spot> {
        let column = *self.columns.list.first()?;
        let row = self.rows.first + (self.rows.room - 1) / 2;
        let (out, bus) = self.way_out(column);
        Some(Spot {
            region: self.region,
            label: (self.text_x(column.start, column.room), row),
            room: column.room,
            port_in: (out, row),
            bus_in: bus,
            port_out: (out, row),
            bus_out: bus,
        })
    }

    /// The `nth` of so many pods of the service with this number, both from 0.
    pub fn pod(&self, service: usize, nth: u16, pods: u16) -> Option<Spot> {
        let column = *self.columns.list.get(service + 1)?;
        let row = self.rows.of(nth, pods);
        let (out, bus_out) = self.way_out(column);
        let (start, room) = if self.rows.own {
            (column.start, column.room)
        } else {
            (column.start + nth.min(column.room.saturating_sub(1)), 1)
        };
        Some(Spot {
            region: self.region,
            label: (self.text_x(start, room), row),
            room,
            port_in: (self.x(column.start.saturating_sub(1)), row),
            bus_in: self.bus_after(service)?,
            port_out: (out, row),
            bus_out,
        })
    }

    /// On the trunk, where it leaves the region.
    pub fn gateway(&self) -> Spot {
        let door = (self.x(self.inner.width.saturating_sub(1)), self.trunk);
        Spot {
            region: self.region,
            label: door,
            room: 1,
            port_in: door,
            bus_in: door.0,
            port_out: door,
            bus_out: door.0,
        }
    }

    /// Under the service that calls it: the last one calls Aurora, the one before it `DynamoDB`.
    pub fn store(&self, kind: PlaceKind) -> Option<Spot> {
        let back = if kind == PlaceKind::Aurora { 1 } else { 2 };
        let bus = self.bus_after(self.columns.list.len().checked_sub(back)?)?;
        let end = (bus, self.stores.map_or(self.trunk, |row| row.saturating_sub(1)));
        let named = if kind == PlaceKind::Aurora { "Aurora" } else { "DynamoDB" }.len() as u16;
        let room = if self.stores.is_some() { named.min(self.inner.width) } else { 0 };
        let right = self.inner.x + self.inner.width - room;
        Some(Spot {
            region: self.region,
            label: (bus.saturating_sub(room / 2).max(self.inner.x).min(right), self.stores.unwrap_or(end.1)),
            room,
            port_in: end,
            bus_in: bus,
            port_out: end,
            bus_out: bus,
        })
    }
}

impl Rows {
    /// The row of a pod; columns with fewer pods are centered, those beyond the room share the last row.
    fn of(self, nth: u16, pods: u16) -> u16 {
        if !self.own {
            return self.first;
        }
        let height = (pods.max(1) - 1).saturating_mul(self.spacing).saturating_add(1);
        let above = self.room.saturating_sub(height) / 2;
        self.first + nth.saturating_mul(self.spacing).saturating_add(above).min(self.room - 1)
    }
}
