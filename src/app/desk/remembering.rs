//! What the person has set, and how the window remembers it.

use jiff::SignedDuration;

use super::Desk;
use crate::app::job::{DataJob, TaskJob};
use crate::store::settings::{Theme, WindowPlace};

/// How large everything may be made, in tenths of the usual size: below, words cannot be
/// read; above, the form does not fit beside the letter.
pub(super) const ZOOM_TENTHS: (f32, f32) = (8.0, 20.0);

/// A column that is dragged changes with every frame; it is written down when the hand
/// has rested this long.
pub(super) const REST_BEFORE_WRITING: SignedDuration = SignedDuration::from_secs(1);

impl Desk {
    pub(super) fn set_theme(&mut self, theme: Theme) {
        self.settings.theme = theme;
        self.save_settings();
    }

    pub(super) fn set_shortcut(&mut self, label: &str, keys: Option<String>) {
        match keys {
            Some(keys) => self.settings.shortcuts.insert(label.to_owned(), keys),
            None => self.settings.shortcuts.remove(label),
        };
        self.save_settings();
    }

    pub(super) fn reset_shortcuts(&mut self) {
        self.settings.shortcuts.clear();
        self.save_settings();
    }

    pub(super) fn toggle_high_contrast(&mut self) {
        self.settings.high_contrast = !self.settings.high_contrast;
        self.save_settings();
    }

    pub(super) fn toggle_reduce_motion(&mut self) {
        self.settings.reduce_motion = !self.settings.reduce_motion;
        self.save_settings();
    }

    pub(super) fn toggle_dim_page(&mut self) {
        self.settings.dim_page = !self.settings.dim_page;
        self.save_settings();
    }

    pub(super) fn open_data_folder(&mut self) {
        if let Some(data) = &self.data {
            self.send(TaskJob::OpenOutside(data.path().to_owned()));
        }
    }

    /// Puts a command at the head of those that the search offers first.
    pub fn remember_command(&mut self, label: &str) {
        self.settings.remember_command(label);
        self.settings_due = Some(self.timestamp() + REST_BEFORE_WRITING);
    }

    /// Remembers where the window is.
    pub fn remember_window(&mut self, place: WindowPlace) {
        if self.settings.window != Some(place) {
            self.settings.window = Some(place);
            self.settings_due = Some(self.timestamp() + REST_BEFORE_WRITING);
        }
    }

    pub(super) fn set_zoom(&mut self, zoom: f32) {
        let (smallest, largest) = ZOOM_TENTHS;
        self.settings.zoom = (zoom * 10.0).round().clamp(smallest, largest) / 10.0;
        self.save_settings();
    }

    /// Remembers how wide a column was made, in points.
    pub fn set_column_width(&mut self, column: &str, width: f32) {
        self.settings.widths.insert(column.to_owned(), width);
        self.settings_due = Some(self.timestamp() + REST_BEFORE_WRITING);
    }

    /// A column is as wide as it usually is again.
    pub fn forget_column_width(&mut self, column: &str) {
        self.settings.widths.remove(column);
        self.settings_due = Some(self.timestamp());
    }

    pub(super) fn save_settings_if_due(&mut self) {
        if self.settings_due.is_some_and(|due| due <= self.timestamp()) {
            self.save_settings();
        }
    }

    pub(super) fn save_settings(&mut self) {
        self.settings_due = None;
        self.write_own_files();
        self.send(DataJob::SaveSettings(Box::new(self.settings.clone())));
    }
}
