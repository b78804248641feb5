//! A course of two short sections with one of everything.

use std::collections::BTreeMap;

use eastwest::course::Course;

pub fn small() -> Course {
    let text = |text: &str| text.to_owned();
    let files = BTreeMap::from([
        (text("lessons/1-small/lesson.toml"), text(LESSON)),
        (text("lessons/1-small/01-spill.md"), text(SPILL)),
        (text("lessons/1-small/02-end.md"), text(END)),
        (text("quizzes/1-small/cards.toml"), text(CARDS)),
    ]);
    let (course, _) = Course::build(&files);
    assert_eq!(course.lesson.sections.len(), 2);
    course
}

const LESSON: &str = r#"
schema = 1
title = "Small"
episode = 1
of = 1
course = "Course"
kind = "Core Concept"
duration = "5m"
prerequisites = []
success = []
[[objective]]
id = 1
text = "Explain spill"
[[section]]
file = "01-spill.md"
budget = ["1m", "3m"]
objectives = [1]
[[section]]
file = "02-end.md"
budget = ["1m", "3m"]
objectives = [1]
"#;

const SPILL: &str = r#"# Spill

```beat
text = "Spill."
```

Each region keeps its own calls as long as it can. What it cannot carry goes to the other region.

## The factor

```beat
text = "1.4."
```

A level carries `min(100, floor(140 × healthy / total))` percent.

```predict
id = "half"
ask = "Two of four pods are ejected. How much stays?"
kind = "percent"
tolerance = 2
why = "140 × 2 / 4 = 70."
card = "e1.factor"
[claim]
spill = ["2/4", "4/4"]
expect = 70
```

```lab
id = "broken"
scenario = "two-regions"
do = ["20s us-east-1/payment:2 503"]
caption = "Seventy stay."
```

```calc
text = "With three of four, {} % stay."
[claim]
spill = ["3/4", "4/4"]
expect = 100
```

```predict
id = "quarter"
ask = "One of four is left. What happens?"
kind = "choice"
why = "140 / 4 = 35."
card = "e1.factor"
[claim]
spill = ["1/4", "4/4"]
expect = 35
[[option]]
text = "All stays"
min = 100
max = 100
[[option]]
text = "About a third stays"
min = 30
max = 40
```

## The rule

```beat
text = "A rule."
```

```sketch yaml
priorityLb: shorthand
```

```real yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
```

```recall
card = "e1.factor"
```

The last words of the section stand here, after everything else has been said.
"#;

const END: &str = r#"# The End

```beat
text = "End."
```

Nothing more.
"#;

const CARDS: &str = r#"
schema = 1
deck = "e1"
[[card]]
id = "e1.factor"
kind = "recall"
objective = 1
section = 1
question = "What is the factor?"
answer = "It is 1.4."
points = ["140 percent"]
reason = "Envoy's default."
source = "Envoy"
"#;
