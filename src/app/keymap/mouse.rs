//! What the mouse does in the lab; printed where the keys are.

/// Heading in help and README.
pub const MOUSE_TITLE: &str = "Mouse in the lab";

/// Gesture and words.
pub const MOUSE: &[(&str, &str)] = &[
    ("click", "select, break, press"),
    ("2 clicks", "break / heal"),
    ("drag", "scrub the time bar"),
    ("wheel", "scroll; 1 s on the bar"),
];
