//! Drawing: `&App` to cells, and no more.
