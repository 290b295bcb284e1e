//! Pages as text that a person can read: what golden files hold.

use std::fmt::Write;

use super::page::{Artifact, Item, Pages, Part};
use crate::units::{Point, Rect};

impl Pages {
    /// Every item on a line of its own: what it is, where it stands in points to one
    /// decimal, and what it says.
    pub fn dump(&self) -> String {
        let mut dump = String::new();
        for (index, page) in self.iter().enumerate() {
            let mark = if self.watermark().is_some() { ", draft" } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(dump, "page {} of {}{mark}", index + 1, self.len());
            for item in &page.items {
                let _ = writeln!(dump, "{}", line(item));
            }
        }
        dump
    }
}

fn line(item: &Item) -> String {
    let field = item.field().map(|field| format!("  [{field}]")).unwrap_or_default();
    let part = item.part().map(name).unwrap_or_default();
    match item {
        Item::Glyphs(run) => {
            let face = run.face.name().trim_start_matches("Tinos-").to_lowercase();
            format!(
                "  {} {part:<6} {face} {:.1} {:?}{field}",
                place(run.origin),
                run.size.0,
                run.text
            )
        }
        Item::Missing(missing) => format!(
            "  {} {part:<6} missing {:?}{field}",
            area(missing.bounds),
            missing.text
        ),
        Item::Gap(gap) => {
            format!("  {} {part:<6} gap <{}>{field}", area(gap.bounds), gap.label)
        }
        Item::Picture(picture) => {
            format!("  {} {part:<6} {:?}", area(picture.area), picture.picture)
        }
        Item::Rule(rule) => format!("  {} rule", area(*rule)),
        Item::Ground(ground) => format!(
            "  {} ground {:.3}",
            area(ground.area),
            f32::from(ground.grey) / 1000.0
        ),
    }
}

fn name(part: Part) -> String {
    match part {
        Part::Node(node) => format!("#{node}"),
        Part::Artifact(Artifact::Header) => "header".into(),
        Part::Artifact(Artifact::Footer) => "footer".into(),
        Part::Artifact(Artifact::RepeatedRow) => "repeat".into(),
    }
}

fn place(point: Point) -> String {
    format!("{:>5.1} {:>5.1}", point.x.0, point.y.0)
}

fn area(rect: Rect) -> String {
    format!("{} {:.1}x{:.1}", place(rect.at), rect.size.width.0, rect.size.height.0)
}
