//! How wide the columns of a region are: users, then a column a service, gaps for lines between them.

use crate::app::geometry::Area;
use crate::mesh_view::{MeshView, Place, PlaceKind, PlaceState};

/// What a region has to show, alike for all regions so that they look alike.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Services from the users on.
    pub services: Vec<String>,
    /// Pods of the service that has most of them, in any region.
    pub pods_max: u16,
    /// The most pods of each service.
    pub pods: Vec<u16>,
    /// There are data stores.
    pub stores: bool,
    /// Each pod has a row of its own.
    pub rows: bool,
}

/// How much is written of each pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Detail {
    users: u16,
    pod: u16,
    last: u16,
    gap_min: u16,
}

/// The most that fits is taken.
const DETAILS: [Detail; 6] = [
    Detail { users: 5, pod: 8, last: 8, gap_min: 8 },
    Detail { users: 5, pod: 6, last: 7, gap_min: 6 },
    Detail { users: 3, pod: 2, last: 7, gap_min: 4 },
    Detail { users: 3, pod: 2, last: 6, gap_min: 3 },
    Detail { users: 0, pod: 2, last: 6, gap_min: 3 },
    Detail { users: 0, pod: 2, last: 2, gap_min: 2 },
];

/// Pods drawn one beside the other; more share the last one's cell.
const ROW_PODS_MAX: u16 = 12;

/// A column in cells from the users' side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub start: u16,
    pub room: u16,
    /// Room for the proxy that its pods call through.
    pub proxy: u16,
    /// The gap after it.
    pub gap: u16,
}

/// Users first, then the services.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    pub list: Vec<Column>,
}

impl Shape {
    #[must_use]
    pub fn of(view: &MeshView, inner: Area) -> Self {
        let mut shape = Self::default();
        for place in &view.places {
            match place.kind {
                PlaceKind::Users | PlaceKind::Gateway => {}
                PlaceKind::Aurora | PlaceKind::DynamoDb => shape.stores = true,
                PlaceKind::Ingress | PlaceKind::Pod => {
                    if !shape.services.contains(&place.service) {
                        let at = if place.kind == PlaceKind::Ingress { 0 } else { shape.services.len() };
                        shape.services.insert(at, place.service.clone());
                    }
                }
            }
        }
        let regions = view.regions.len();
        let most = |service: &String| (0..regions).map(|region| pods_in(view, service, region)).max();
        shape.pods = shape.services.iter().map(|service| most(service).unwrap_or(0)).collect();
        shape.pods_max = shape.pods.iter().copied().max().unwrap_or(0);
        shape.rows = inner.height > 2 + shape.pods_max.min(4);
        shape
    }

    /// Which service it is, counted from the users.
    #[must_use]
    pub fn number_of(&self, service: &str) -> Option<usize> {
        self.services.iter().position(|known| known == service)
    }
}

impl Columns {
    /// The columns for a width; what does not fit even in the least detail is cut off at the link's side.
    #[must_use]
    pub fn fit(shape: &Shape, width: u16) -> Self {
        let details = DETAILS.map(|detail| cells(shape, detail));
        let fitting = details.iter().zip(DETAILS).find(|(cells, detail)| {
            let gaps = shape.services.len() as u16 * detail.gap_min;
            cells.iter().map(|(room, proxy)| room + proxy).sum::<u16>() + gaps + exit(shape) <= width
        });
        let cells = fitting.map_or_else(|| details[DETAILS.len() - 1].clone(), |(cells, _)| cells.clone());
        Self::spread(shape, &cells, width)
    }

    fn spread(shape: &Shape, cells: &[(u16, u16)], width: u16) -> Self {
        let gaps = cells.len().saturating_sub(1) as u16;
        let taken = cells.iter().map(|(room, proxy)| room + proxy).sum::<u16>() + exit(shape);
        let left = width.saturating_sub(taken);
        let mut columns = Self::default();
        let mut start = 0;
        for (index, &(room, proxy)) in cells.iter().enumerate() {
            let gap = gap_after(index as u16, gaps, left).unwrap_or_else(|| exit(shape));
            columns.list.push(Column { start, room, proxy, gap });
            start += room + proxy + gap;
        }
        columns
    }
}

/// How many pods of a service a region has.
#[must_use]
pub fn pods_in(view: &MeshView, service: &str, region: usize) -> u16 {
    let of = |place: &&Place| {
        place.service == service && usize::from(place.region) == region && place.state != PlaceState::Gone
    };
    view.places.iter().filter(of).count() as u16
}

/// Room and proxy of each column.
fn cells(shape: &Shape, detail: Detail) -> Vec<(u16, u16)> {
    let last = shape.services.len();
    let mut cells = vec![(detail.users, 0)];
    for (index, &pods) in shape.pods.iter().enumerate() {
        let is_last = index + 1 == last;
        let room = match (shape.rows, is_last) {
            (false, _) => pods.min(ROW_PODS_MAX),
            (true, true) => detail.last,
            (true, false) => detail.pod,
        };
        cells.push((room, u16::from(!is_last)));
    }
    cells
}

/// The first gap, from the users, is shorter; what cannot be shared evenly goes to those nearest to the link,
/// where most happens.
fn gap_after(index: u16, gaps: u16, left: u16) -> Option<u16> {
    let first = if gaps > 1 { left / gaps * 3 / 4 } else { left };
    let (others, rest) = (gaps.saturating_sub(1).max(1), left - first);
    let gap = match index {
        index if index >= gaps => return None,
        0 => first,
        index => rest / others + u16::from(index + rest % others >= gaps),
    };
    Some(gap.max(2))
}

/// Columns after the last service: its way to the stores.
const fn exit(shape: &Shape) -> u16 {
    if shape.stores { 3 } else { 1 }
}
