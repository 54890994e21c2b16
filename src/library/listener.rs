//! Whoever waits while a library is worked on: a person at a terminal, a page in a browser, or nobody.

/// Hears how far the work is, and what there is to know beside its result.
pub trait Listener {
    /// Called before articles are read, with their number.
    fn begins(&mut self, articles: usize);

    /// Called before feeds are asked, with their number.
    fn asks(&mut self, feeds: usize);

    /// Called when more of them are done, with how many.
    fn goes_on(&mut self, articles: usize);

    /// They are all done, or given up.
    fn ends(&mut self);

    /// Something to know, in a sentence or two.
    fn note(&mut self, note: &str);
}

/// Nobody.
impl Listener for () {
    fn begins(&mut self, _: usize) {}

    fn asks(&mut self, _: usize) {}

    fn goes_on(&mut self, _: usize) {}

    fn ends(&mut self) {}

    fn note(&mut self, _: &str) {}
}
