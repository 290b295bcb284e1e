//! A window with nothing in it: what `side_by_side.sh` holds the program's memory against.

use eframe::egui::{self, Ui};

struct Nothing;

impl eframe::App for Nothing {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        ui.label("Nothing");
    }
}

fn main() -> eframe::Result {
    let viewport = egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    eframe::run_native("Nothing", options, Box::new(|_| Ok(Box::new(Nothing))))
}
