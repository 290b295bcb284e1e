//! Pages as text that a person can read: what golden files hold.

use std::fmt::Write;

use super::page::{Artifact, Owner, PageItem, Pages};
use crate::units::{Point, Rect};

impl Pages {
    /// Every item on a line of its own: what it is, where it is in points to one
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

fn line(item: &PageItem) -> String {
    let field = item.field().map(|field| format!("  [{field}]")).unwrap_or_default();
    let owner = item.owner().map(name).unwrap_or_default();
    match item {
        PageItem::Glyphs(run) => {
            let face = run.face.name().trim_start_matches("Tinos-").to_lowercase();
            format!(
                "  {} {owner:<6} {face} {:.1} {:?}{field}",
                place(run.origin),
                run.size.0,
                run.text
            )
        }
        PageItem::Missing(missing) => format!(
            "  {} {owner:<6} missing {:?}{field}",
            area(missing.bounds),
            missing.text
        ),
        PageItem::Gap(gap) => {
            format!("  {} {owner:<6} gap <{}>{field}", area(gap.bounds), gap.label)
        }
        PageItem::Picture(picture) => {
            format!("  {} {owner:<6} {:?}", area(picture.area), picture.picture)
        }
        PageItem::Rule(rule) => format!("  {} rule", area(*rule)),
        PageItem::Ground(ground) => format!(
            "  {} ground {:.3}",
            area(ground.area),
            f32::from(ground.gray) / 1000.0
        ),
    }
}

fn name(owner: Owner) -> String {
    match owner {
        Owner::Node(node) => format!("#{node}"),
        Owner::Artifact(Artifact::Header) => "header".into(),
        Owner::Artifact(Artifact::Footer) => "footer".into(),
        Owner::Artifact(Artifact::RepeatedRow) => "repeat".into(),
    }
}

fn place(point: Point) -> String {
    format!("{:>5.1} {:>5.1}", point.x.0, point.y.0)
}

fn area(rect: Rect) -> String {
    format!("{} {:.1}x{:.1}", place(rect.at), rect.size.width.0, rect.size.height.0)
}
