//! The pictures of the pages that are shown beside the form: which there are, and which
//! are asked for. Painting comes with drawing, and nobody is asked about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::job::Composed;
use crate::export;
use crate::export::png::Image;

/// A page to be painted; `scale` is in thousandths of a pixel a point.
pub struct PaintJob {
    pub pdf: Arc<[u8]>,
    pub page: usize,
    pub hash: u64,
    pub scale: u32,
}

/// What became of it.
pub struct PaintedPage {
    pub page: usize,
    pub hash: u64,
    pub scale: u32,
    pub image: Result<Arc<Image>, export::Error>,
}

/// A page as painted.
pub struct PagePicture {
    pub hash: u64,
    pub scale: u32,
    pub image: Arc<Image>,
}

/// The pictures of the open letter.
#[derive(Default)]
pub struct Preview {
    /// The newest picture of each page, by page number; may be of an earlier composition.
    pictures: BTreeMap<usize, PagePicture>,
    /// Pictures that were asked for and have not come, by page, the newest last.
    asked: BTreeMap<usize, Vec<(u64, u32)>>,
    /// What each page looks like now, as a number.
    page_hashes: Arc<[u64]>,
    jobs: Vec<PaintJob>,
}

impl Preview {
    /// Another letter is shown.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Called before the pages of a composition are drawn.
    pub fn show(&mut self, composed: &Composed) {
        if Arc::ptr_eq(&self.page_hashes, &composed.page_hashes) {
            return;
        }
        self.page_hashes = Arc::clone(&composed.page_hashes);
        let pages = self.page_hashes.len();
        self.pictures.retain(|&page, _| page < pages);
        self.asked.retain(|&page, _| page < pages);
    }

    /// The newest picture of a page. A better one is asked for where it is of an older
    /// letter or another size.
    pub fn picture(
        &mut self,
        composed: &Composed,
        page: usize,
        scale: u32,
    ) -> Option<&PagePicture> {
        let picture = self.pictures.get(&page);
        let (&hash, pdf) = (self.page_hashes.get(page)?, composed.pdf.as_ref());
        let is_newest =
            picture.is_some_and(|shown| shown.hash == hash && shown.scale == scale);
        if let (false, Some(pdf)) = (is_newest, pdf) {
            let asked = self.asked.entry(page).or_default();
            if asked.last() != Some(&(hash, scale)) {
                asked.push((hash, scale));
                self.jobs.push(PaintJob { pdf: Arc::clone(pdf), page, hash, scale });
            }
        }
        picture
    }

    /// What was asked for since the last call.
    pub fn take_jobs(&mut self) -> Vec<PaintJob> {
        std::mem::take(&mut self.jobs)
    }

    /// Takes a picture in, unless it was not asked for here.
    ///
    /// # Errors
    /// It could not be painted.
    pub fn receive(&mut self, painted: PaintedPage) -> Result<(), export::Error> {
        let PaintedPage { page, hash, scale, image } = painted;
        let Some(asked) = self.asked.get_mut(&page) else { return Ok(()) };
        let Some(place) = asked.iter().position(|&asked| asked == (hash, scale)) else {
            return Ok(());
        };
        // One that fails stays asked for, so that it is not tried with every frame.
        let image = image?;
        // What was asked for earlier was replaced by this.
        asked.drain(..=place);
        let is_newest = self.page_hashes.get(page) == Some(&hash);
        if is_newest || !self.pictures.contains_key(&page) {
            self.pictures.insert(page, PagePicture { hash, scale, image });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::run_job::paint;
    use crate::compose;
    use crate::letter::Letter;
    use crate::library::Library;
    use crate::template::{LetterCopy, Order, Template};

    fn composed() -> Composed {
        let (letter, template) = (Letter::default(), &Template::all()[0]);
        let (library, today) =
            (Library::bundled().unwrap(), jiff::civil::date(2013, 11, 5));
        let order = Order { copy: LetterCopy::Served, today };
        let composition = compose::compose(&letter, template, &library, &order);
        let input = export::ExportInput {
            document: &composition.document,
            pages: &composition.pages,
        };
        let pdf = (export::PDF.write)(&input).unwrap().into();
        let page_hashes = [composition.pages.hash(0)].into();
        Composed {
            revision: 1,
            letter: Arc::new(letter),
            composition: Arc::new(composition),
            page_hashes,
            pdf: Some(pdf),
            words: 0,
        }
    }

    #[test]
    fn a_page_is_painted_once() {
        let (mut preview, composed) = (Preview::default(), composed());
        preview.show(&composed);
        assert!(preview.picture(&composed, 0, 200).is_none());
        let [job] = <[PaintJob; 1]>::try_from(preview.take_jobs()).ok().unwrap();
        preview.picture(&composed, 0, 200);
        assert!(preview.take_jobs().is_empty());
        preview.receive(paint(job)).unwrap();
        assert_eq!(preview.picture(&composed, 0, 200).unwrap().scale, 200);
        assert!(preview.take_jobs().is_empty());
        preview.picture(&composed, 0, 400);
        assert_eq!(preview.take_jobs().len(), 1);
        preview.picture(&composed, 99, 400);
        assert!(preview.take_jobs().is_empty());
    }

    #[test]
    fn a_picture_that_was_not_asked_for_here_is_not_shown() {
        let (mut preview, composed) = (Preview::default(), composed());
        preview.show(&composed);
        preview.picture(&composed, 0, 200);
        let job = preview.take_jobs().remove(0);
        preview.clear();
        preview.show(&composed);
        preview.receive(paint(job)).unwrap();
        assert!(preview.picture(&composed, 0, 200).is_none());
    }
}
