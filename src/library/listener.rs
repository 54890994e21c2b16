//! Whoever waits while a library is worked on: a person at a terminal, a page in a browser, or nobody.

/// Hears how far the work is, and what there is to know beside its result.
pub trait Listener {
    /// So many articles are to be read.
    fn begins(&mut self, articles: usize);

    /// So many feeds are to be asked.
    fn asks(&mut self, feeds: usize);

    /// So many more of them are done.
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
