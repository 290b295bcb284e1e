//! What the window is drawn with: the best graphics of this machine, or the next best where
//! its driver does not work, as on a remote desktop. Windows itself comes last: it can always
//! draw, if slowly. Linux has OpenGL and no choice.

use eframe::{App, CreationContext, NativeOptions};

#[cfg(any(windows, target_os = "macos"))]
pub(super) use self::choice::show;

/// Shows the window that `begin` makes and returns when it is closed.
#[cfg(not(any(windows, target_os = "macos")))]
pub(super) fn show(
    options: impl Fn() -> NativeOptions,
    begin: impl Fn(&CreationContext<'_>) -> Box<dyn App>,
    _at_loss: impl Fn() + Clone + Send + 'static,
) -> eframe::Result {
    eframe::run_native("Rationale", options(), Box::new(|context| Ok(begin(context))))
}

#[cfg(any(windows, target_os = "macos"))]
mod choice {
    use std::process::{Command, exit};
    use std::sync::Arc;
    use std::time::Duration;

    use eframe::egui_wgpu::{WgpuError, WgpuSetup};
    use eframe::wgpu::{Adapter, Device, DeviceLostReason, DeviceType, Surface};

    use super::super::platform::steady;
    use super::{App, CreationContext, NativeOptions};

    /// Tells the program that starts again which graphics to begin with.
    const PLACE: &str = "RATIONALE_GRAPHICS";

    /// A driver that stops sooner does not work here. One that stops later was replaced, or
    /// the screen is now another one.
    const AT_ONCE: Duration = Duration::from_secs(20);

    /// Shows the window that `begin` makes and returns when it is closed. Where nothing can
    /// draw it, the error is that of the best. If the driver stops, the program does what
    /// is to be done `at_loss` and starts again: the window would never change any more.
    pub(crate) fn show(
        options: impl Fn() -> NativeOptions,
        begin: impl Fn(&CreationContext<'_>) -> Box<dyn App>,
        at_loss: impl Fn() + Clone + Send + 'static,
    ) -> eframe::Result {
        let told = std::env::var(PLACE);
        let mut place = told.ok().and_then(|told| told.parse().ok()).unwrap_or(0);
        let mut refusal = None;
        loop {
            let creator = Box::new(|context: &CreationContext<'_>| {
                if let Some(state) = &context.wgpu_render_state {
                    restart_at_loss(&state.device, place, at_loss.clone());
                }
                Ok(begin(context))
            });
            let options = drawn_with(options(), place);
            match eframe::run_native("Rationale", options, creator) {
                Err(error) if is_none_left(&error) => {
                    return Err(refusal.unwrap_or(error));
                }
                Err(error @ eframe::Error::Wgpu(_)) => {
                    refusal.get_or_insert(error);
                    place += 1;
                }
                result => return result,
            }
        }
    }

    fn drawn_with(mut options: NativeOptions, place: usize) -> NativeOptions {
        if let WgpuSetup::CreateNew(setup) = &mut options.wgpu_options.wgpu_setup {
            setup.native_adapter_selector =
                Some(Arc::new(move |all, surface| chosen(all, surface, place)));
        }
        options
    }

    /// The one at this place among all that can draw here, the fastest first.
    fn chosen(
        all: &[Adapter],
        surface: Option<&Surface<'_>>,
        place: usize,
    ) -> Result<Adapter, String> {
        let mut able = all.to_vec();
        able.retain(|one| {
            surface.is_none_or(|surface| one.is_surface_supported(surface))
        });
        able.sort_by_key(|one| match one.get_info().device_type {
            DeviceType::DiscreteGpu => 1,
            DeviceType::IntegratedGpu => 2,
            DeviceType::Other => 3,
            DeviceType::VirtualGpu => 4,
            DeviceType::Cpu => 5,
        });
        able.get(place)
            .cloned()
            .ok_or_else(|| "this computer has no graphics".into())
    }

    /// What `chosen` says at the end.
    fn is_none_left(error: &eframe::Error) -> bool {
        use WgpuError::CustomNativeAdapterSelectionError as NoneLeft;
        matches!(error, eframe::Error::Wgpu(NoneLeft(_)))
    }

    fn restart_at_loss(
        device: &Device,
        place: usize,
        at_loss: impl Fn() + Send + 'static,
    ) {
        let began = steady();
        device.set_device_lost_callback(move |reason, _| {
            if reason != DeviceLostReason::Destroyed {
                at_loss();
                let is_at_once = steady() - began < AT_ONCE;
                restart(if is_at_once { place + 1 } else { place });
            }
        });
    }

    fn restart(place: usize) {
        if let Ok(program) = std::env::current_exe() {
            let _not_started =
                Command::new(program).env(PLACE, place.to_string()).spawn();
        }
        exit(0);
    }
}
